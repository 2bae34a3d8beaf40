package com.acme.kt

import com.acme.corpus.Truth
import java.nio.file.Files
import java.nio.file.Paths

class OrderDesk {
    fun `places an order (when stock is empty), "quoted" - ok`(ids: List<Int>) {
        ids.filter { it > 0 }.forEach { id -> id.checked { reserve(it) } }
    }

    private inline fun Int.checked(body: (Int) -> Unit) = body(this)

    private fun reserve(id: Int) {
        try {
            lookUp(id) { key -> requireNotNull(STOCK[key]) { "no stock for $key" } }
        } catch (e: IllegalArgumentException) {
            throw OrderFailed.OutOfStock("order $id", e)
        }
    }

    private fun <T> lookUp(id: Int, how: (String) -> T): T = how("shelf-$id")

    companion object {
        private val STOCK = mapOf<String, Int>()
    }
}

sealed class OrderFailed(message: String, cause: Throwable) : RuntimeException(message, cause) {
    class OutOfStock(message: String, cause: Throwable) : OrderFailed(message, cause)
}

object Numbers {
    val lazily by lazy { sequence { yield(1); yield("x".toInt()) }.toList() }
}

fun String.shout(): String = throw UnsupportedOperationException("cannot shout $this")

fun main(args: Array<String>) {
    val forms: List<() -> Any> = listOf(
        { OrderDesk().`places an order (when stock is empty), "quoted" - ok`(listOf(3)) },
        { Numbers.lazily },
        { "hello".shout() },
        { (null as String?)!!.length },
        { object : Runnable { override fun run() = throw IllegalStateException("anonymous object") }.run() }
    )
    val truths = forms.mapNotNull { form ->
        try { form(); null } catch (e: Throwable) { e.printStackTrace(); Truth.of(e) }
    }
    Files.write(Paths.get(args[0]), Truth.file(truths).toByteArray())
}
