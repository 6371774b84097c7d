namespace Campaign.Reporting.Html;

/// <summary>The report's style sheet: light, dark and paper; Okabe and Ito's colours, lightened in the dark.</summary>
internal static class Style
{
    public const string Sheet =
        """
        :root{color-scheme:light dark;--bg:#fffdf9;--fg:#1d1f21;--soft:#5c6166;--line:#dcd8d0;--grid:#ebe7df;--card:#f7f4ee;--heat:213,94,0;--warn:#8a4b00;--bad:#a31515;--good:#1c6b3c;
        --c0:#0072b2;--c1:#c24e00;--c2:#007a58;--c3:#a8457f;--c4:#8f6a00;--c5:#3a7ca5;--c6:#555}
        @media (prefers-color-scheme:dark){:root{--bg:#15171a;--fg:#e8e6e1;--soft:#a3a8ae;--line:#383c42;--grid:#272b30;--card:#1d2024;--heat:230,159,0;--warn:#f0b35a;--bad:#ff8a80;--good:#7fd6a0;
        --c0:#56b4e9;--c1:#f08a4b;--c2:#3fc79a;--c3:#e79fc7;--c4:#e6c229;--c5:#8ecae6;--c6:#bbb}}
        *{box-sizing:border-box}html{-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;font-variant-numeric:tabular-nums}
        .kind{max-width:none;margin:0;padding:.6rem max(1rem,calc((100vw - 72rem)/2));background:var(--card);border-bottom:1px solid var(--line);font-size:.9rem;font-weight:600}
        main{max-width:74rem;margin:0 auto;padding:0 1rem 4rem}
        h1{font-size:clamp(1.5rem,4vw,2.2rem);line-height:1.2;margin:2.2rem 0 .4rem;letter-spacing:-.01em;text-wrap:balance}
        h2{font-size:1.25rem;margin:3rem 0 .6rem;padding-top:.8rem;border-top:1px solid var(--line)}h3{font-size:1rem;margin:1.6rem 0 .4rem}
        .question{font-size:1.1rem;color:var(--soft);margin:.2rem 0 .8rem;max-width:46rem}.meta,.note,figcaption,small,caption{color:var(--soft);font-size:.85rem}
        p,li{max-width:46rem;overflow-wrap:anywhere}ul.findings{padding-left:1.1rem}ul.findings li{margin:.3rem 0}
        a{color:inherit;text-underline-offset:.2em}a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--c0);outline-offset:2px}
        .scroll{overflow-x:auto;margin:.6rem 0 1.2rem}table{border-collapse:collapse;font-size:.9rem;min-width:min(100%,30rem)}caption{text-align:left;padding:.2rem 0 .4rem}
        th,td{text-align:left;padding:.28rem .9rem .28rem 0;border-bottom:1px solid var(--grid);vertical-align:top;white-space:nowrap}thead th{border-bottom:1px solid var(--fg);font-weight:600}
        tbody th{font-weight:500}.n{text-align:right}.n+td:not(.n),.n+th:not(.n){padding-left:.9rem}td.n small,th.n small{display:block}td.wrap{white-space:normal;min-width:14rem;overflow-wrap:anywhere}
        .heat{background:rgba(var(--heat),calc(var(--h)*.28));padding-left:.6rem}.ok{color:var(--good)}.degraded{color:var(--warn)}.invalid,.failed,.no{color:var(--bad);font-weight:600}
        .panels{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr));gap:1.2rem}figure{margin:0;break-inside:avoid}figcaption{margin:.1rem 0 .3rem;font-weight:500;color:var(--fg)}
        svg{display:block;width:100%;height:auto;overflow:visible}svg text{fill:var(--soft);font-size:11px}.grid{stroke:var(--grid);fill:none}.axis{stroke:var(--soft);fill:none}
        .l{fill:none;stroke-width:1;stroke-linejoin:round;opacity:.55}.m{fill:none;stroke-width:2.2;stroke-linejoin:round}.beyond{stroke-dasharray:1 3}.dots{fill:none;stroke-width:2.6;stroke-linecap:round;opacity:.75}.square{stroke-linecap:square;stroke-width:2}
        .s0{stroke:var(--c0)}.s1{stroke:var(--c1)}.s2{stroke:var(--c2)}.s3{stroke:var(--c3)}.s4{stroke:var(--c4)}.s5{stroke:var(--c5)}.s6{stroke:var(--c6)}
        .d1{stroke-dasharray:7 3}.d2{stroke-dasharray:2 3}.d3{stroke-dasharray:9 3 2 3}.d4{stroke-dasharray:4 2}.d5{stroke-dasharray:12 4}.d6{stroke-dasharray:1 2}
        .legend{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;padding:0;margin:.4rem 0 .8rem;list-style:none;font-size:.9rem}.legend svg{display:inline-block;width:34px;height:10px;vertical-align:middle;margin-right:.4rem}
        details{border-bottom:1px solid var(--grid);padding:.3rem 0}summary{cursor:pointer;font-size:.92rem;overflow-wrap:anywhere}details>div{padding:.2rem 0 1rem 1rem;border-left:2px solid var(--line);margin-left:.3rem}
        pre{overflow-x:auto;background:var(--card);padding:.6rem .8rem;font-size:.8rem}dl{display:grid;grid-template-columns:minmax(8rem,max-content) 1fr;gap:.15rem 1.2rem;font-size:.9rem}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
        @media (max-width:32rem){dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}h2{margin-top:2.2rem}}
        @media print{:root{color-scheme:light;--bg:#fff;--fg:#000;--soft:#444;--line:#bbb;--grid:#ddd;--card:#f4f4f4;--c0:#0072b2;--c1:#c24e00;--c2:#007a58;--c3:#a8457f;--warn:#8a4b00;--bad:#a31515;--good:#1c6b3c}body{font-size:10pt}.scroll{overflow:visible}h2,h3{break-after:avoid}details::details-content{content-visibility:visible;display:block}tr,figure,details{break-inside:avoid}.panels{grid-template-columns:1fr 1fr}}
        @media (prefers-reduced-motion:reduce){*{scroll-behavior:auto}}
        """;
}
