/* SPDX-License-Identifier: MIT */
/* Facts on images: X("patterns", .fact = value, …), as their Dockerfiles and
 * documentation have them (https://hub.docker.com, catalog.redhat.com,
 * github.com/GoogleContainerTools/distroless, images.chainguard.dev). In a
 * pattern '*' is any text; with a ':' it is one of the name and the tag, else
 * of the name. A later row wins. */
#define GLIBC .libc = "glibc", .shell = FACT_YES
#define UBUNTU GLIBC, .distro = "debian", .packages = "apt"
#define DEBIAN UBUNTU, .taken = "65534"
#define FEDORA GLIBC, .distro = "fedora"
#define ALPINE                                                                \
    .distro = "alpine", .packages = "apk", .libc = "musl", .shell = FACT_YES, \
    .taken = "65534"
/* --- the systems that images are made of --- */
X("buildpack-deps debian elixir erlang golang haproxy haskell httpd julia "
  "memcached nginx node perl php postgres pypy python redis ruby rust ubuntu "
  "oven/bun nginxinc/nginx-unprivileged",
  DEBIAN)
X("eclipse-temurin gradle maven mariadb mongo rabbitmq swift tomcat "
  "nvidia/cuda:*ubuntu*",
  UBUNTU)
X("alpine caddy composer docker registry traefik", ALPINE)
X("almalinux amazoncorretto amazonlinux centos fedora mysql openjdk "
  "oraclelinux rockylinux nvidia/cuda:*ubi* nvidia/cuda:*rocky* redhat/ubi* "
  "registry.access.redhat.com/ubi* registry.redhat.io/ubi*",
  FEDORA, .taken = "65534")
X("almalinux amazonlinux centos fedora oraclelinux rockylinux "
  "nvidia/cuda:*ubi* nvidia/cuda:*rocky* redhat/ubi* "
  "registry.access.redhat.com/ubi* registry.redhat.io/ubi*",
  .packages = "dnf")
X("amazonlinux:2 amazonlinux:2.* centos:7* centos:centos7* oraclelinux:7*",
  .packages = "yum")
X("mysql openjdk almalinux:*minimal* oraclelinux:*slim* rockylinux:*minimal* "
  "redhat/ubi*minimal* registry.access.redhat.com/ubi*minimal* "
  "registry.redhat.io/ubi*minimal*",
  .packages = "microdnf")
X("redhat/ubi*micro* registry.access.redhat.com/ubi*micro* "
  "registry.redhat.io/ubi*micro*",
  .packages = "")
X("archlinux", GLIBC, .distro = "arch", .packages = "pacman", .taken = "65534")
X("busybox", .packages = "", .shell = FACT_YES)
/* --- the same by the tag, whatever the image --- */
X("*:*alpine*", ALPINE)
X("*:*bookworm* *:*bullseye* *:*buster* *:*trixie* openjdk:*slim*", DEBIAN)
X("*:*focal* *:*jammy* *:*noble*", UBUNTU)
X("eclipse-temurin:*ubi* gradle:*ubi* maven:*ubi* tomcat:*ubi*", FEDORA,
  .packages = "microdnf")
X("*:*corretto* dhi.io/*", .forget = true)
/* --- images without a shell --- */
X("scratch", .libc = "", .packages = "", .shell = FACT_NO, .taken = "",
  .user = "")
X("gcr.io/distroless/*", DEBIAN)
X("gcr.io/distroless/*", .packages = "", .shell = FACT_NO, .user = "nonroot",
  .uid = 65532, .taken = "65532 65534")
X("gcr.io/distroless/static*", .libc = "")
X("gcr.io/distroless/python3*", .python = "/usr/bin/python3")
X("gcr.io/distroless/python3-debian12", .version = "3.11")
X("gcr.io/distroless/python3-debian13", .version = "3.13")
X("gcr.io/distroless/nodejs*", .node = "/nodejs/bin/node")
X("cgr.dev/*", .distro = "wolfi", .packages = "", .libc = "glibc",
  .shell = FACT_NO, .root = FACT_NO, .user = "nonroot", .uid = 65532,
  .taken = "65532")
X("cgr.dev/*:*-dev cgr.dev/*/wolfi-base", .packages = "apk", .shell = FACT_YES)
X("cgr.dev/*/static", .libc = "")
X("cgr.dev/*/python", .python = "/usr/bin/python")
X("cgr.dev/*/node", .node = "/usr/bin/node")
/* --- users --- */
X("almalinux alpine amazoncorretto amazonlinux archlinux buildpack-deps bun "
  "busybox centos debian eclipse-temurin fedora golang gradle maven node "
  "openjdk "
  "oraclelinux perl php python rockylinux ruby rust scratch ubuntu oven/bun "
  "nvidia/cuda redhat/ubi* *.redhat.*/ubi*/ubi* *.redhat.*/ubi*-minimal "
  "*.redhat.*/ubi*-micro gcr.io/distroless/* cgr.dev/*/wolfi-base",
  .root = FACT_YES)
X("gcr.io/distroless/*:*nonroot*", .root = FACT_NO)
X("ubuntu nvidia/cuda:*ubuntu24*", .user = "ubuntu", .uid = 1000,
  .taken = "1000 65534")
X("ubuntu:1* ubuntu:20* ubuntu:22* ubuntu:*bionic* ubuntu:*focal* "
  "ubuntu:*jammy* ubuntu:*xenial*",
  .user = "", .taken = "65534")
X("node", .user = "node", .uid = 1000, .taken = "1000 65534")
X("gradle", .user = "gradle", .uid = 1000, .taken = "1000 65534")
X("oven/bun", .user = "bun", .uid = 1000, .taken = "1000 65534")
X("nginxinc/nginx-unprivileged", .root = FACT_NO, .user = "nginx", .uid = 101)
X("*.redhat.*/ubi*/go-toolset* *.redhat.*/ubi*/nodejs-* "
  "*.redhat.*/ubi*/python-*",
  .root = FACT_NO, .user = "default", .uid = 1001, .taken = "1001 65534")
/* --- interpreters --- */
X("python", .python = "python")
X("node", .node = "node")
X("oven/bun", .node = "bun")
X("node:4* node:6* node:8* node:9* node:1* node:2*", .yarn = "bundled")
X("node:26* node:27* node:28* node:29* node:3*", .yarn = "")
/* --- Windows --- */
X("*:*nanoserver* *:*windowsservercore*", .forget = true)
/* --- variables --- */
X("amazoncorretto", .env = "JAVA_HOME LANG")
X("caddy", .env = "CADDY_VERSION XDG_CONFIG_HOME XDG_DATA_HOME")
X("composer", .env = "COMPOSER_HOME COMPOSER_VERSION")
X("eclipse-temurin", .env = "JAVA_HOME JAVA_VERSION LANG LANGUAGE LC_ALL")
X("elixir", .env = "ELIXIR_VERSION LANG OTP_VERSION REBAR3_VERSION")
X("erlang", .env = "LANG OTP_VERSION REBAR3_VERSION")
X("golang", .env = "GOLANG_VERSION GOPATH GOTOOLCHAIN")
X("gradle", .env = "GRADLE_HOME GRADLE_VERSION JAVA_HOME JAVA_VERSION LANG")
X("haproxy", .env = "HAPROXY_VERSION")
X("haskell", .env = "LANG")
X("httpd", .env = "HTTPD_PREFIX HTTPD_VERSION")
X("julia", .env = "JULIA_PATH JULIA_VERSION")
X("mariadb", .env = "MARIADB_VERSION")
X("maven", .env = "JAVA_HOME JAVA_VERSION LANG MAVEN_CONFIG MAVEN_HOME")
X("mongo", .env = "MONGO_MAJOR MONGO_VERSION")
X("mysql", .env = "MYSQL_MAJOR MYSQL_VERSION")
X("nginx", .env = "NGINX_VERSION NJS_VERSION PKG_RELEASE")
X("node", .env = "NODE_VERSION YARN_VERSION")
X("openjdk", .env = "JAVA_HOME JAVA_VERSION LANG")
X("perl", .env = "PERL_VERSION")
X("php", .env = "PHP_CFLAGS PHP_CPPFLAGS PHP_INI_DIR PHP_LDFLAGS PHP_VERSION "
                "PHPIZE_DEPS")
X("postgres", .env = "LANG PGDATA PG_MAJOR PG_VERSION")
X("pypy", .env = "LANG PYPY_VERSION")
X("python", .env = "GPG_KEY LANG PYTHON_SHA256 PYTHON_VERSION")
X("rabbitmq", .env = "RABBITMQ_DATA_DIR RABBITMQ_HOME RABBITMQ_VERSION")
X("redis", .env = "REDIS_VERSION")
X("ruby", .env = "BUNDLE_APP_CONFIG BUNDLE_SILENCE_ROOT_WARNING GEM_HOME LANG "
                 "RUBY_VERSION")
X("rust", .env = "CARGO_HOME RUSTUP_HOME RUST_VERSION")
X("swift", .env = "SWIFT_PLATFORM SWIFT_VERSION")
X("tomcat", .env = "CATALINA_HOME JAVA_HOME JAVA_VERSION LANG TOMCAT_MAJOR "
                   "TOMCAT_VERSION")
X("node:26* node:27* node:28* node:29* node:3*", .env = "NODE_VERSION")
#undef ALPINE
#undef DEBIAN
#undef FEDORA
#undef GLIBC
#undef UBUNTU
