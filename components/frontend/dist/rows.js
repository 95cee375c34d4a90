function i(e,t="",n=""){let o=document.createElement(e);return t&&(o.className=t),n&&(o.textContent=n),o}function g(e,t,n){let o=i("style");o.textContent=n;let r=i("div",t);return e.append(o,r),r}function p(e,t,n="chip"){let o=i("span",n);return o.style.setProperty("--class-color",t),o.append(i("span","swatch"),i("span","chip-name",e)),o}var b=`.root {
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
`;var S=["ctrlKey","metaKey","shiftKey","altKey"],d,h=!1,w=0;function x(){return d&&(location.pathname!==d.from||Date.now()-d.began>1500)&&(d=void 0),d!==void 0}function v(){h||(h=!0,window.addEventListener("click",C,{capture:!0}),window.addEventListener("focusout",()=>w=Date.now(),{capture:!0}))}function C(e){let t=D(e);t&&(e.isTrusted?(e.preventDefault(),e.stopImmediatePropagation(),setTimeout(()=>t.click(),Date.now()-w<1e3?80:0)):t.pathname!==location.pathname&&(d={from:location.pathname,began:Date.now()}))}function D(e){if(e.button!==0||S.some(o=>e[o]))return;let t=e.composedPath()[0].closest?.("a[href]"),n=t?.closest("[data-testid^='stTopNav'], [data-testid^='stSidebarNav']");return t&&n?t:void 0}var T=50;function k(e){let t=new WeakMap;return v(),n=>{let o=_(n),r=o.parentElement,s=t.get(r);return s?s.update(o):t.set(r,e(o)),()=>{r.host.isConnected||(t.get(r)?.close(),t.delete(r))}}}function _(e){let{parentElement:t}=e,n=location.pathname,o=r=>{let s=(l,c,a=0)=>{(x()||location.pathname!==n)&&a<1500?setTimeout(()=>s(l,c,a+T),T):t.host.isConnected&&r(l,c)};return(l,c)=>s(l,c)};return{data:e.data,parentElement:t,setStateValue:o(e.setStateValue),setTriggerValue:o(e.setTriggerValue)}}var y=`.rows {
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
`;var N="#8a9399",J=k(e=>{let t=g(e.parentElement,"root rows",b+y);return E(t,e),{update:n=>E(t,n),close:()=>{}}});function E(e,t){let{data:n,parentElement:o}=t,r=o.activeElement?.dataset.row,s=e.scrollTop;e.style.maxHeight=n.height?`${n.height}px`:"",e.setAttribute("role","listbox"),e.setAttribute("aria-label",n.label);let l=n.rows.map(a=>A(a,n));e.replaceChildren(...l.length?l:[i("p","empty",n.empty)]);let c=l.find(a=>a.ariaSelected==="true")??l[0];c&&(c.tabIndex=0),e.scrollTop=s,r&&e.querySelector(`[data-row="${r}"]`)?.focus(),e.onclick=a=>M(t,a),e.onkeydown=a=>{if(a.key==="Enter"||a.key===" ")M(t,a);else if(a.key==="ArrowDown"||a.key==="ArrowUp")O(e,a);else return;a.preventDefault(),a.stopPropagation()}}function M(e,t){let n=t.target.closest("[data-row]");!n||t.type==="click"&&getSelection()?.type==="Range"||e.setTriggerValue("clicked",Number(n.dataset.row))}function O(e,t){let n=t.target.closest("[data-row]"),o=t.key==="ArrowDown"?n?.nextElementSibling:n?.previousElementSibling;if(!(!(o instanceof HTMLElement)||!e.contains(o))){for(let r of e.querySelectorAll('[tabindex="0"]'))r.tabIndex=-1;o.tabIndex=0,o.focus()}}function A(e,t){let n=i("div","row");n.dataset.row=String(e.row_id),n.tabIndex=-1,n.setAttribute("role","option"),n.ariaSelected=String(e.row_id===t.selected);let o=i("div","text");o.append(...I(e,t.classes)),n.append(i("span","id",String(e.row_id)),o);let r=K(e,t.classes);if(r.length){let s=i("div","facts");s.append(...r),n.append(s)}return n}function I(e,t){let n=Array.from(e.text),o=[],r=0;for(let{start:s,end:l,code:c}of[...e.highlights].sort((a,u)=>a.start-u.start)){let a=Math.max(s,r);if(l<=a)continue;o.push(new Text(n.slice(r,a).join("")));let u=i("mark","",n.slice(a,l).join(""));u.style.setProperty("--class-color",m(c,t)),o.push(u),r=l}return o.push(new Text(n.slice(r).join(""))),o}function K(e,t){let n=[];if(e.label!==null&&(n.push(p(f(e.label,t),m(e.label,t))),e.confidence!==null&&n.push(i("span","number",P(e.confidence)))),e.correct!==null&&n.push(e.correct?i("span","right","\u2713 right"):i("span","wrong","\u2717 wrong")),e.gold!==null){let o=i("span","gold");o.append("gold ",p(f(e.gold,t),m(e.gold,t),"chip plain")),n.push(o)}for(let o of e.votes){let r=p(o.function,m(o.code,t),"chip plain vote"),s=f(o.code,t);r.title=`${o.function} votes ${s}`,r.append(i("span","vote-class",s)),n.push(r)}return e.note&&n.push(i("span","note",e.note)),n}var P=e=>`${(100*e).toFixed(1)} %`,f=(e,t)=>t[e]?.name??"abstain",m=(e,t)=>(e===null?"var(--st-primary-color)":t[e]?.color)??N;export{J as default};
