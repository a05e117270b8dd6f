import { ROW_HEIGHT } from './waterfall-svg.ts'

/** Colours that people who see few of them tell apart (Okabe and Ito), one for each phase. */
const PHASE_COLORS = {
  accept: '#f0e442',
  schedule: '#e69f00',
  prepare: '#e69f00',
  pull: '#56b4e9',
  create: '#0072b2',
  start: '#009e73',
  address: '#cc79a7',
  connect: '#cc79a7',
  boot: '#d55e00',
  respond: '#e69f00',
  run: '#009e73',
  detection: 'var(--text)',
  unattributed: 'var(--hidden)',
  other: '#999999',
}

const phases = Object.entries(PHASE_COLORS)
  .map(([name, color]) => `.phase-${name}{fill:${color};stroke:${color}}`)
  .join('\n')

/** The page's style; it names no file. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;
--page:light-dark(#f6f7f9,#111418);--card:light-dark(#fff,#191d23);--line:light-dark(#dfe3e8,#2c323b);--grid:light-dark(#e8ebef,#272d35);
--text:light-dark(#16191d,#e9ecf0);--quiet:light-dark(#5a6472,#9aa5b3);--accent:light-dark(#00568a,#7cc4ef);--bad:light-dark(#b02a00,#ff9466);
--badbox:light-dark(#fdf1ec,#2b1c16);--badge:light-dark(#6b4a00,#ffd27a);--badgebox:light-dark(#fff0cc,#3a2d10);--hidden:light-dark(#aab2bd,#5d6875);
--edge:light-dark(rgb(0 0 0/.28),rgb(255 255 255/.25));--whisker:light-dark(#16191d,#fff);--halo:light-dark(#fff,#191d23);--code:light-dark(#f0f2f5,#12161b)}
:root[data-theme=light]{color-scheme:light}
:root[data-theme=dark]{color-scheme:dark}
*{box-sizing:border-box}
body{margin:0 auto;padding:24px clamp(12px,3vw,40px) 48px;max-width:1240px;background:var(--page);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
a{color:var(--accent)}
header{position:relative;margin-bottom:20px}
.brand{margin:0 90px 4px 0;color:var(--quiet);font-weight:600;letter-spacing:.02em}
.brand span{font-weight:400}
h1{margin:0 0 14px;font-size:clamp(1.45rem,1rem + 2.1vw,2.5rem);line-height:1.2;font-weight:500;letter-spacing:-.015em}
h1 .part{display:inline-block}
h1 .figure{color:var(--accent);font-weight:700}
h1 .dot{color:var(--quiet)}
h1 .badge{vertical-align:middle}
.failed{color:var(--bad);font-weight:700}
h2{margin:0 0 12px;font-size:1.15rem;line-height:1.3}
h3{margin:16px 0 2px;font-size:1rem}
h3 a{color:inherit;text-decoration:none}
h3 a:hover{text-decoration:underline}
h4{margin:12px 0 4px;font-size:.9rem}
.total{font-weight:700;margin-left:.35em}
.total:not(.failed){color:var(--accent)}
section{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:18px clamp(12px,2.2vw,26px) 20px;margin:0 0 16px}
.badge{display:inline-block;padding:1px 7px;border-radius:99px;background:var(--badgebox);color:var(--badge);font-size:.75rem;line-height:1.5;font-weight:600;white-space:nowrap;letter-spacing:0}
.facts{display:flex;flex-wrap:wrap;gap:6px 28px;margin:0 0 12px}
.facts div{min-width:0;max-width:100%}
.facts dt{color:var(--quiet);font-size:.78rem;line-height:1.3}
.facts dd{margin:0}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.88em}
pre{margin:6px 0;padding:12px;border-radius:8px;background:var(--code);overflow:auto;max-height:480px;line-height:1.35;overflow-wrap:normal}
.waterfall{margin:0}
.waterfall.own{margin:6px 0 14px}
.waterfall.own figcaption{color:var(--quiet);font-size:.85rem;margin-bottom:2px}
.lane{display:grid;grid-template-columns:minmax(84px,200px) minmax(0,1fr) minmax(72px,150px);column-gap:12px;align-items:start}
.lane ul{list-style:none;margin:0;padding:0;font-size:.85rem;min-width:0}
.lane li{height:${ROW_HEIGHT}px;line-height:${ROW_HEIGHT}px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.lane svg{display:block;overflow:visible}
.axis{margin-bottom:-8px}
.tick{fill:var(--quiet);font-size:12px}
.grid{stroke:var(--grid)}
.bar{stroke-width:1;stroke:var(--edge)!important}
.least{stroke-width:2}
.whisker{stroke:var(--whisker);stroke-width:1.25}
.halo{stroke:var(--halo);stroke-width:4;stroke-linecap:round;opacity:.75}
.failure{stroke:var(--bad);stroke-width:3}
.hover{fill:transparent}
g:hover>.hover{fill:var(--edge);opacity:.18}
${phases}
.phase-span{fill:none;stroke:var(--quiet);stroke-dasharray:3 2}
.bar.phase-span{stroke:var(--quiet)!important}
.bar.phase-unattributed{stroke:var(--quiet)!important;stroke-dasharray:2 2;fill-opacity:.55}
.nothing{margin:0;color:var(--quiet)}
.legend{display:flex;flex-wrap:wrap;gap:2px 22px;list-style:none;margin:14px 0 0;padding:0;color:var(--quiet);font-size:.82rem}
.key{vertical-align:-1px}
.sign{color:var(--bad)}
.bounds{color:var(--quiet);font-size:.86em;white-space:nowrap}
.scroll{overflow-x:auto;margin:8px 0 12px;border-radius:6px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:.9rem;overflow-wrap:normal}
caption{text-align:left;font-weight:600;padding:4px 0}
th,td{padding:6px 14px 6px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--quiet);font-weight:600;font-size:.82rem;white-space:nowrap}
tbody th{font-weight:600;white-space:nowrap}
tfoot th,tfoot td{font-weight:700;border-bottom:0}
tfoot .bounds,tfoot td.exact{font-weight:400;color:var(--quiet)}
td.number,th.number,.comparison td,td.marks{white-space:nowrap}
td.sources{min-width:11em}
.comparison tfoot th{white-space:nowrap}
td.number,th.number{text-align:right}
.comparison thead th{color:var(--text);font-size:.9rem}
td.none{color:var(--quiet)}
small{display:block;font-weight:400;color:var(--quiet);white-space:normal;min-width:12em;max-width:26em;overflow-wrap:anywhere}
details{border-top:1px solid var(--line);padding:2px 0}
details:last-of-type{border-bottom:1px solid var(--line)}
summary{cursor:pointer;padding:6px 0;font-weight:600}
.notes{margin:0 0 12px;padding-left:20px}
.failure-box{background:var(--badbox);border:1px solid var(--bad);border-radius:8px;padding:4px 16px 10px;margin:0 0 14px}
.failure-box h3{color:var(--bad);margin-top:8px}
.failure-box p{margin:4px 0 10px}
.theme{position:absolute;top:0;right:0;font:inherit;font-size:.85rem;color:var(--text);background:var(--card);border:1px solid var(--line);border-radius:99px;padding:3px 14px;cursor:pointer}
footer{color:var(--quiet);font-size:.88rem;max-width:80ch}
footer h2{font-size:.95rem;margin:20px 0 4px}
footer p{margin:0}
@media (max-width:640px){
.lane{grid-template-columns:84px minmax(0,1fr) 62px;column-gap:8px}
.lane .bounds,.tick.odd,.halo{display:none}
.lane ul{font-size:.78rem}
section{border-radius:8px}
}
@media print{
:root{color-scheme:light!important}
body{padding:0;background:#fff;font-size:11px;max-width:none;print-color-adjust:exact;-webkit-print-color-adjust:exact}
section{border:0;padding:0 0 8px;margin:0 0 8px}
.theme,.raw,.download{display:none}
.waterfall,table,tr,.failure-box{break-inside:avoid}
h2,h3,summary{break-after:avoid}
tfoot{display:table-row-group}
.scroll{overflow:visible}
details::details-content{content-visibility:visible;block-size:auto}
pre{max-height:none;white-space:pre-wrap}
}
`
