# SPDX-License-Identifier: MIT
# `docker buildx bake` tests and builds; `docker buildx bake dev` builds only dev.
variable "TAG" {
  default = "latest"
}

group "default" {
  targets = ["test", "production"]
}

target "dev" {
  target = "dev"
  tags   = ["web:dev"]
}

target "test" {
  target = "test"
  output = ["type=cacheonly"]
}

target "production" {
  target = "production"
  tags   = ["web:${TAG}"]
}
