/// How the page of groups looks, by light and by dark.
enum GroupPageStyle {
  static let sheet = """
    :root {
      color-scheme: light dark;
      --page: #f6f7f9; --card: #ffffff; --ink: #1c2330; --faint: #5d6878; --line: #dfe3ea;
      --accent: #2f6fd0; --track: #e8ecf2; --fail: #c0392b; --warn-page: #fdf0d5; --warn: #7a4d00;
      --code: #f3f5f8;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #12161c; --card: #1a2029; --ink: #e4e8ee; --faint: #97a3b4; --line: #2c3542;
        --accent: #6ea3f0; --track: #262e3a; --fail: #f08a7e; --warn-page: #3d3014; --warn: #f0c674;
        --code: #141920;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0; background: var(--page); color: var(--ink);
      font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
    }
    main { max-width: 68rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
    h1 { margin: 0 0 .25rem; font-size: 1.6rem; }
    h2 { margin: 2.5rem 0 .75rem; font-size: 1.2rem; }
    p { margin: 0; }
    .total { font-size: 1.05rem; }
    .faint { color: var(--faint); font-size: .85rem; overflow-wrap: anywhere; }
    figure { margin: 1.5rem 0 2rem; }
    figcaption {
      display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; padding-top: .35rem;
      color: var(--faint); font-size: .8rem; border-top: 1px solid var(--line);
    }
    svg { display: block; fill: var(--accent); }
    svg.time { width: 100%; height: 6.5rem; }
    svg.time rect:hover { opacity: .65; }
    ol { list-style: none; margin: 0; padding: 0; display: grid; gap: .75rem; }
    li { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; overflow: hidden; }
    .row { display: flex; gap: 1.25rem; align-items: center; padding: .65rem 1rem; }
    .count { flex: 0 0 4rem; text-align: right; font-variant-numeric: tabular-nums; }
    .count b { display: block; font-size: 1.3rem; line-height: 1.25; }
    .count span { color: var(--faint); font-size: .85rem; }
    .what { flex: 1 1 auto; min-width: 0; }
    .title { overflow-wrap: anywhere; }
    .culprit {
      color: var(--faint); font: .82rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
      overflow-wrap: anywhere;
    }
    .badge {
      display: inline-block; padding: 0 .45em; margin-right: .35em; border-radius: .3em; background: var(--track);
      font-size: .92em;
    }
    .badge.warn { background: var(--warn-page); color: var(--warn); }
    svg.spark { flex: 0 0 11rem; width: 11rem; height: 2.5rem; border-bottom: 1px solid var(--line); }
    svg.bar { width: 100%; height: 4px; }
    svg .track { fill: var(--track); }
    .failures svg { fill: var(--fail); }
    details { padding: .25rem 1rem; }
    summary { color: var(--faint); font-size: .85rem; cursor: pointer; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .75rem 0; font-size: .88rem; }
    dt { color: var(--faint); }
    dd { margin: 0; overflow-wrap: anywhere; }
    pre {
      margin: .5rem 0; padding: .75rem 1rem; max-height: 32rem; overflow: auto; border-radius: .35rem;
      background: var(--code); tab-size: 4;
      font: .8rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
    }
    @media (max-width: 44rem) {
      .row { flex-wrap: wrap; gap: .5rem 1rem; }
      .count { flex: 1 0 100%; display: flex; gap: .6rem; align-items: baseline; text-align: left; }
      .what { flex-basis: 100%; }
      svg.spark { flex: 1 0 100%; }
    }
    @media print { details:not([open]) { display: none; } body { background: none; } }

    """
}
