package com.acme.gr

import com.acme.corpus.Truth

class Desk {
    def "feature: x is (positive), not: zero?"(int x) {
        [x].each { n -> assert n > 0 : "n was $n" }
    }

    def missing() { this.noSuchMethod(1, "two") }

    static divide(a, b) { a.intdiv(b) }
}

def forms = [
    { new Desk()."feature: x is (positive), not: zero?"(-1) },
    { new Desk().missing() },
    { Desk.divide(1, 0) },
    { def box = [size: 3]; assert box.size + 1 == box.size },
    { Eval.me("1 / 0") },
    { try { Desk.divide(2, 0) } catch (e) { throw new IllegalStateException("wrapped in ${'groovy'}", e) } },
]
def truths = forms.collect { form ->
    try { form(); null } catch (Throwable e) { e.printStackTrace(); Truth.of(e) }
}.findAll { it }
new File(args[0]).setText(Truth.file(truths), "UTF-8")
