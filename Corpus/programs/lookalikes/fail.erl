%% Erlang: a process that crashes, caught and uncaught.
-module(fail).
-export([main/1, place/1, divide/2]).

divide(A, B) -> A div B.
place(Id) -> lists:map(fun(N) -> divide(Id, N) end, [1, 0]).
main(_) ->
    try place(7) catch C:R:S -> io:format("~p:~p~n~p~n", [C, R, S]) end,
    {_, Ref} = spawn_monitor(fun() -> place(8) end),
    receive {'DOWN', Ref, _, _, Reason} -> io:format("down: ~p~n", [Reason]) end,
    maps:get(at, #{}).
