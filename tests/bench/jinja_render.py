# SPDX-License-Identifier: MIT
"""jinja_render.py TEMPLATE [NAME=JSONFILE | NAME*N=DIRECTORY]...

Renders TEMPLATE with python3-jinja2 to standard output, as its command line
tools do. NAME=FILE binds the JSON in FILE; NAME*N=DIRECTORY renders N times,
NAME from 1 to N, to files in DIRECTORY.
"""
import json
import os
import re
import sys

import jinja2


def main(template, *bindings):
    names, times, directory = {}, None, None
    for binding in bindings:
        name, value = binding.split("=", 1)
        if "*" in name:
            name, times = name.split("*")
            directory = value
        else:
            with open(value, encoding="utf-8") as file:
                names[name] = json.load(file)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(os.path.dirname(template) or "."),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True)
    environment.filters["sub"] = lambda s, p, r: re.sub(p, r, s)
    loaded = environment.get_template(os.path.basename(template))
    if times is None:
        sys.stdout.write(loaded.render(names))
        return
    os.makedirs(directory, exist_ok=True)
    for i in range(1, int(times) + 1):
        with open(f"{directory}/{i}", "w", encoding="utf-8") as file:
            file.write(loaded.render({name: i}))


main(*sys.argv[1:])
