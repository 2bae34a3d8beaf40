"""Joins the truths of the runs, in the order of the runs, without the single frames: `assemble.py OUT PART…`."""
import json
import sys

traces = []
for part in sys.argv[2:]:
    with open(part, encoding="utf-8") as file:
        for entry in json.load(file):
            for exception in entry["trace"]["exceptions"]:
                exception.pop("stack", None)
            traces.append({"bug": entry["bug"], **entry["trace"]})
with open(sys.argv[1], "w", encoding="utf-8") as out:
    out.write('{"traces":[\n' + ",\n".join(json.dumps(t, ensure_ascii=False) for t in traces) + "\n]}\n")
bugs = [t["bug"] for t in traces]
print("mixed log:", len(traces), "traces of", len(set(bugs)), "bugs", file=sys.stderr)
