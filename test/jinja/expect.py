"""Renders every template of inputs.json with Jinja2 itself and writes what it gives to cases.json.

Needs jinja2 3.1.6; run prettier over cases.json afterwards. The environment is the one that dbt uses: the sandbox, with
the extensions `do` and `loopcontrols`, and a `return()` that ends the macro it stands in.

Left out of inputs.json is where tsdbt means to differ: it refuses what ends in a complex number or in half a tag, takes a
trailing comma in a macro's parameters, and knows no Markup (what `tojson` and `e` give is plain text).
"""

import copy
import itertools
import json
import pathlib

import jinja2
import jinja2.runtime
import jinja2.sandbox

assert jinja2.__version__ == "3.1.6", jinja2.__version__
folder = pathlib.Path(__file__).parent


class MacroReturn(Exception):
    def __init__(self, value):
        super().__init__(value)
        self.value = value


def macro_return(data):
    raise MacroReturn(data)


invoke = jinja2.runtime.Macro._invoke


def invoke_until_return(self, arguments, autoescape):
    try:
        return invoke(self, arguments, autoescape)
    except MacroReturn as found:
        # A caller's block returns from the macro that it was passed to.
        if self.name == "caller" or self.name is None:
            raise
        return found.value


jinja2.runtime.Macro._invoke = invoke_until_return

environment = jinja2.sandbox.SandboxedEnvironment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])
environment.globals["return"] = macro_return


def whitespace_templates():
    """Every way of whitespace control at both ends of every kind of tag, with several kinds of text around it."""
    signs = ["", "-", "+"]
    around = [("a ", " b"), (" \n ", " \n "), ("a\n", "\nb"), ("\n\n  a  ", "\n\n  b  \n")]
    for (before, after), left, right in itertools.product(around, signs, signs):
        yield f"{before}{{%{left} if true {right}%}}x{{% endif %}}{after}"
        yield f"{before}{{% if true %}} x {{%{left} endif {right}%}}{after}"
        yield f"{before}{{%{left} set x = 1 {right}%}}{after}"
        yield f"{before}{{#{left} note {right}#}}{after}"
        yield f"{before}{{%{left} raw %}} {{{{ x }}}} {{% endraw {right}%}}{after}"
        if right != "+":
            yield f"{before}{{{{{left} 1 {right}}}}}{after}"
            yield f"{before}{{% raw {right}%}} y {{%{left} endraw %}}{after}"
    for left, right in itertools.product(["", "-"], ["", "-"]):
        yield f"[\n {{%{left} for x in [1, 2] {right}%}}\n  {{{{{left} x {right}}}}} \n{{%{left} endfor {right}%}}\n ]"
        yield f"[ {{%{left} macro m() {right}%}} y {{%{left} endmacro {right}%}} {{{{{left} m() {right}}}}} ]"
        yield f"[ {{{{{left} 1 {right}}}}} {{#{right} c {left}#}} {{{{{right} 2 {left}}}}} ]"


def expectation(case):
    try:
        return {"text": environment.from_string(case["template"]).render(**copy.deepcopy(case.get("context", {})))}
    except Exception:  # Python's own errors are the author's too: a sum of a text and a number, an unknown key.
        return {"error": True}


inputs = json.loads((folder / "inputs.json").read_text(encoding="utf-8"))
inputs["white space control"] = [{"template": template} for template in whitespace_templates()]
cases = [
    {"group": group, **case, **expectation(case)}
    for group, group_cases in inputs.items()
    for case in group_cases
]
(folder / "cases.json").write_text(json.dumps(cases, ensure_ascii=True, indent=2) + "\n", encoding="utf-8")
print(len(cases), "cases,", sum("error" in case for case in cases), "of them errors")
