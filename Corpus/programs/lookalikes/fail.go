// Go: a recovered panic with its stack, then a real one with two goroutines.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"time"
)

type order struct{ id int }

func (o *order) place(n int) int {
	if n == 0 {
		return o.id
	}
	return o.place(n - 1)
}

func main() {
	func() {
		defer func() { fmt.Fprintf(os.Stderr, "recovered: %v\n%s", recover(), debug.Stack()) }()
		panic(fmt.Errorf("order failed: %w", errors.New("caused by: no shelf")))
	}()
	go func() { time.Sleep(time.Minute) }()
	time.Sleep(time.Millisecond)
	var o *order
	fmt.Println(o.place(3))
}
