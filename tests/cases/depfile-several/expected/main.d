main out/a\ b/Dockerfile out/c: web.in
