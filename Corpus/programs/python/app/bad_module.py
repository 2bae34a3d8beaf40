# Imported by the form import-of-bad-module: must not compile.
def total(rows):
    return sum(rows
