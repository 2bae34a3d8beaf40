<?php
// PHP: a caught chain, a warning, then an uncaught one.
namespace Acme\Orders;

final class Desk {
    public function place(int $id): void {
        try {
            intdiv($id, 0);
        } catch (\DivisionByZeroError $e) {
            throw new \RuntimeException("order $id failed", 7, $e);
        }
    }
}

try { (new Desk)->place(1); } catch (\Throwable $e) { echo $e, "\n", $e->getTraceAsString(), "\n"; }
echo $missing['at'];
array_map([new Desk, 'place'], [2]);
