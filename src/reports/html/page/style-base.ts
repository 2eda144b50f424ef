/** Colours, type and layout. Every pair of ink and ground has a contrast of at least 4.5 to 1. */
export const STYLE_BASE = `
:root{color-scheme:light dark;--ground:#f7f7f4;--card:#fff;--ink:#1b2330;--muted:#525d6b;--line:#dcdfe4;--link:#1a56b0;
--critical:#8c1a58;--high:#ae231b;--medium:#7d5200;--low:#36547a;--info:#525d6b;--good:#17643a;--soft:#eef1f5;--bar:#5b7fb5}
@media (prefers-color-scheme:dark){:root{--ground:#11151b;--card:#191f27;--ink:#e7eaef;--muted:#a8b2bf;--line:#2f3844;
--link:#93bbfb;--critical:#ff8fc6;--high:#ff9d93;--medium:#f0c067;--low:#a3c5f0;--info:#a8b2bf;--good:#85d8a8;
--soft:#222a34;--bar:#7fa3d9}}
*{box-sizing:border-box}
[hidden]{display:none!important}
html{scroll-behavior:smooth}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
main,header,.wide{max-width:76rem;margin:0 auto;padding:0 1.25rem}
h1{font-size:2rem;line-height:1.15;margin:0}
h2{font-size:1.3rem;margin:2.5rem 0 .75rem}
h3{font-size:1rem;margin:1.25rem 0 .4rem}
p{margin:.4rem 0}
a{color:var(--link)}
a:focus-visible,summary:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible,
[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
code{font:.88em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--soft);padding:.05em .3em;
border-radius:4px;white-space:pre-wrap}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line)}
th{font-size:.82rem;color:var(--muted);font-weight:600}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
ul{padding-left:1.2rem;margin:.4rem 0}
summary{cursor:pointer}
.muted{color:var(--muted)}
.scroll{overflow-x:auto}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem}
@media print{body{background:#fff;font-size:11px}nav,.filters,.skip{display:none!important}
details::details-content{content-visibility:visible!important;display:block!important;height:auto!important}
.card,.finding,.key{break-inside:avoid}}
`;
