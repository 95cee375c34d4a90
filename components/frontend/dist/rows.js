function i(e,n="",t=""){let o=document.createElement(e);return n&&(o.className=n),t&&(o.textContent=t),o}function g(e,n,t){let o=i("style");o.textContent=t;let r=i("div",n);return e.append(o,r),r}function p(e,n,t="chip"){let o=i("span",t);return o.style.setProperty("--class-color",n),o.append(i("span","swatch"),i("span","chip-name",e)),o}var f=`.root {
  font-family: var(--st-font);
  --ink: var(--st-text-color);
  --muted: color-mix(in srgb, var(--st-text-color) 68%, var(--st-background-color));
  --line: var(--st-border-color);
  --raised: var(--st-secondary-background-color);
  --radius: var(--st-base-radius);
  font-size: 0.9333rem;
  line-height: 1.5;
  color: var(--ink);
}
.root *,
.root *::before {
  box-sizing: border-box;
}
:where(.root) button {
  font: inherit;
  color: inherit;
  cursor: pointer;
}
:where(.root) :focus-visible {
  outline: 2px solid var(--st-primary-color);
  outline-offset: 2px;
}
.chip {
  display: inline-flex;
  align-items: center;
  gap: 0.35em;
  max-width: 100%;
  padding: 0 0.45em;
  border-radius: calc(var(--radius) * 0.7);
  background: color-mix(in srgb, var(--class-color) 16%, transparent);
  font-size: 0.8rem;
  line-height: 1.45rem;
  white-space: nowrap;
}
.chip-name {
  overflow: hidden;
  text-overflow: ellipsis;
}
.swatch {
  flex: none;
  width: 0.6em;
  height: 0.6em;
  border-radius: 2px;
  background: var(--class-color);
}
kbd {
  padding: 0 0.35em;
  border: 1px solid var(--line);
  border-bottom-width: 2px;
  border-radius: 4px;
  background: var(--st-background-color);
  font: 0.75rem/1.25rem var(--st-code-font);
  color: var(--muted);
}
`;function b(e){let n=new WeakMap;return t=>{let o=t.parentElement,r=n.get(o);return r?r.update(t):n.set(o,e(t)),()=>{o.host.isConnected||(n.get(o)?.close(),n.delete(o))}}}var h=`.rows {
  overflow-y: auto;
  border: 1px solid var(--line);
  border-radius: var(--radius);
}
.row {
  display: grid;
  grid-template-columns: minmax(2.6rem, max-content) 1fr;
  column-gap: 0.75rem;
  padding: 0.4rem 0.75rem 0.45rem 0.5rem;
  cursor: pointer;
}
.row + .row {
  border-top: 1px solid var(--line);
}
.row:hover {
  background: color-mix(in srgb, var(--raised) 70%, transparent);
}
.row[aria-selected="true"] {
  background: color-mix(in srgb, var(--st-primary-color) 10%, transparent);
  box-shadow: inset 3px 0 var(--st-primary-color);
}
.row:focus-visible {
  outline-offset: -2px;
}
.id {
  color: var(--muted);
  font-size: 0.8rem;
  line-height: 1.4rem;
  font-variant-numeric: tabular-nums;
  text-align: right;
}
.text {
  line-height: 1.4rem;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  display: -webkit-box;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 4;
  overflow: hidden;
}
.row:focus .text,
.row[aria-selected="true"] .text {
  -webkit-line-clamp: none;
}
mark {
  color: inherit;
  background: color-mix(in srgb, var(--class-color) 22%, transparent);
  box-shadow: inset 0 -2px var(--class-color);
  border-radius: 2px;
}
.facts {
  grid-column: 2;
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.25rem 0.6rem;
  margin-top: 0.2rem;
  font-size: 0.8rem;
}
.chip.plain {
  padding: 0;
  background: none;
}
.vote-class,
.gold,
.number,
.note {
  color: var(--muted);
}
.gold .chip {
  color: var(--ink);
}
.gold {
  display: inline-flex;
  align-items: center;
  gap: 0.35em;
}
.number {
  font-variant-numeric: tabular-nums;
}
.right {
  color: var(--st-green-text-color);
}
.wrong {
  color: var(--st-red-text-color);
}
.empty {
  margin: 0;
  padding: 1.25rem;
  color: var(--muted);
  text-align: center;
}
`;var k="#8a9399",_=b(e=>{let n=g(e.parentElement,"root rows",f+h);return x(n,e),{update:t=>x(n,t),close:()=>{}}});function x(e,n){let{data:t,parentElement:o}=n,r=o.activeElement?.dataset.row,s=e.scrollTop;e.style.maxHeight=t.height?`${t.height}px`:"",e.setAttribute("role","listbox"),e.setAttribute("aria-label",t.label);let l=t.rows.map(a=>E(a,t));e.replaceChildren(...l.length?l:[i("p","empty",t.empty)]);let c=l.find(a=>a.ariaSelected==="true")??l[0];c&&(c.tabIndex=0),e.scrollTop=s,r&&e.querySelector(`[data-row="${r}"]`)?.focus(),e.onclick=a=>w(n,a),e.onkeydown=a=>{if(a.key==="Enter"||a.key===" ")w(n,a);else if(a.key==="ArrowDown"||a.key==="ArrowUp")T(e,a);else return;a.preventDefault(),a.stopPropagation()}}function w(e,n){let t=n.target.closest("[data-row]");!t||n.type==="click"&&getSelection()?.type==="Range"||e.setTriggerValue("clicked",Number(t.dataset.row))}function T(e,n){let t=n.target.closest("[data-row]"),o=n.key==="ArrowDown"?t?.nextElementSibling:t?.previousElementSibling;if(!(!(o instanceof HTMLElement)||!e.contains(o))){for(let r of e.querySelectorAll('[tabindex="0"]'))r.tabIndex=-1;o.tabIndex=0,o.focus()}}function E(e,n){let t=i("div","row");t.dataset.row=String(e.row_id),t.tabIndex=-1,t.setAttribute("role","option"),t.ariaSelected=String(e.row_id===n.selected);let o=i("div","text");o.append(...M(e,n.classes)),t.append(i("span","id",String(e.row_id)),o);let r=C(e,n.classes);if(r.length){let s=i("div","facts");s.append(...r),t.append(s)}return t}function M(e,n){let t=Array.from(e.text),o=[],r=0;for(let{start:s,end:l,code:c}of[...e.highlights].sort((a,d)=>a.start-d.start)){let a=Math.max(s,r);if(l<=a)continue;o.push(new Text(t.slice(r,a).join("")));let d=i("mark","",t.slice(a,l).join(""));d.style.setProperty("--class-color",m(c,n)),o.push(d),r=l}return o.push(new Text(t.slice(r).join(""))),o}function C(e,n){let t=[];if(e.label!==null&&(t.push(p(u(e.label,n),m(e.label,n))),e.confidence!==null&&t.push(i("span","number",H(e.confidence)))),e.correct!==null&&t.push(e.correct?i("span","right","\u2713 right"):i("span","wrong","\u2717 wrong")),e.gold!==null){let o=i("span","gold");o.append("gold ",p(u(e.gold,n),m(e.gold,n),"chip plain")),t.push(o)}for(let o of e.votes){let r=p(o.function,m(o.code,n),"chip plain vote"),s=u(o.code,n);r.title=`${o.function} votes ${s}`,r.append(i("span","vote-class",s)),t.push(r)}return e.note&&t.push(i("span","note",e.note)),t}var H=e=>`${(100*e).toFixed(1)} %`,u=(e,n)=>n[e]?.name??"abstain",m=(e,n)=>(e===null?"var(--st-primary-color)":n[e]?.color)??k;export{_ as default};
