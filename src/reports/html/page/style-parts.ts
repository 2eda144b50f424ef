/** The parts of the page: banner, tiles, cards, list, sections of keys, charts. */
export const STYLE_PARTS = `
header.banner{margin-top:2rem}
.banner .verdict{background:var(--card);border:1px solid var(--line);border-left:.6rem solid var(--tone);border-radius:10px;
padding:1.4rem 1.5rem}
.banner h1{color:var(--tone)}
.pass{--tone:var(--good)}.fail{--tone:var(--high)}.incomplete{--tone:var(--medium)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(10rem,45%),1fr));gap:.75rem;margin:.75rem 0 0;padding:0;list-style:none}
.tiles li{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:.8rem 1rem}
.tiles b{display:block;font-size:1.9rem;line-height:1.1;font-variant-numeric:tabular-nums}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0;margin:1rem 0 0}
.card,.key,.leak,.chart{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1rem 1.25rem;margin:0 0 .75rem}
.card.critical{border-left:.4rem solid var(--critical)}.card.high{border-left:.4rem solid var(--high)}
.card.medium{border-left:.4rem solid var(--medium)}
.card h3,.leak h3{margin-top:0}
.next{border-left:3px solid var(--line);padding-left:.75rem;margin-top:.5rem}
.sev{font-weight:700;white-space:nowrap}
.sev.critical,.tile-critical b{color:var(--critical)}.sev.high,.tile-high b{color:var(--high)}
.sev.medium,.tile-medium b{color:var(--medium)}.sev.low{color:var(--low)}.sev.info{color:var(--info)}
.tile-good b{color:var(--good)}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,27rem),1fr));gap:.75rem}
.chart{margin:0}
.chart svg,.timeline svg{display:block;width:100%;height:auto;margin:.5rem 0}
.chart figcaption{font-weight:600}
svg text{fill:var(--ink);font:13px system-ui,sans-serif}
.timeline svg{max-width:46rem}
.timeline svg text{font-size:12px}
.s0{fill:var(--bar)}.s-bad{fill:var(--high)}.s-warn{fill:var(--medium)}.s-ok{fill:var(--good)}.s-none{fill:var(--muted)}
.s-critical{fill:var(--critical)}.s-high{fill:var(--high)}.s-medium{fill:var(--medium)}.s-low{fill:var(--low)}.s-info{fill:var(--info)}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1rem;list-style:none;padding:0;margin:.3rem 0;font-size:.88rem}
.legend svg{display:inline-block;width:.8rem;height:.8rem;margin:0 .35rem 0 0;vertical-align:-.05rem}
.life{fill:var(--soft);stroke:var(--line)}.exposed{fill:var(--high)}.was{fill:var(--medium)}.lingers{fill:var(--high);opacity:.35}
.leaving{stroke:var(--ink);stroke-width:2}
.mark{fill:var(--card);stroke:var(--ink);stroke-width:2}.mark.in-head{fill:var(--ink)}
.filters{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end;margin:.5rem 0 1rem}
.filters label{display:grid;font-size:.82rem;color:var(--muted);gap:.15rem}
.filters input,.filters select{font:inherit;color:var(--ink);background:var(--card);border:1px solid var(--muted);border-radius:6px;
padding:.35rem .5rem;max-width:15rem}
th button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-decoration:underline dotted}
.findings,.findings thead,.findings tbody{display:block}
.findings tr{display:grid;grid-template-columns:5.5rem 9rem minmax(10rem,1fr) minmax(16rem,2fr) 7rem 7rem;border-bottom:1px solid var(--line)}
.findings th,.findings td{border:0}
.findings tbody tr{content-visibility:auto;contain-intrinsic-size:auto 7rem}
.key,.leak{content-visibility:auto;contain-intrinsic-size:auto 3rem}
.key[open]{contain-intrinsic-size:auto 30rem}
.key{padding:.45rem 1.25rem;margin-bottom:.4rem}
.key>summary{font-weight:600}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:.6rem 0}
.facts dt{color:var(--muted)}.facts dd{margin:0}
@media (max-width:44rem){th{overflow-wrap:normal}h1{font-size:1.6rem}.facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:.4rem}
.findings thead{position:absolute;left:-999rem}.findings tr{display:block;padding:.6rem 0}.findings td{display:block;padding:.1rem 0}}
`;
