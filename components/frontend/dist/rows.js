function s(e,t="",n=""){let o=document.createElement(e);return t&&(o.className=t),n&&(o.textContent=n),o}function b(e,t,n){let o=s("style");o.textContent=n;let r=s("div",t);return e.append(o,r),r}function h(e,t,n){let o=s("span",e,Object.hasOwn(n,t)?n[t]:t);return o.textContent!==t&&(o.title=t),o}function f(e,t,n,o="chip"){let r=s("span",o);return r.style.setProperty("--class-color",t),r.append(s("span","swatch"),h("chip-name",e,n)),r}var v=`.root {
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
mark {
  color: inherit;
  background: color-mix(in srgb, var(--class-color) 22%, transparent);
  box-shadow: inset 0 -2px var(--class-color);
  border-radius: 2px;
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
`;function x(e,t,n){let o=Array.from(e),r=[],l=0;for(let{start:i,end:c,code:m}of[...t].sort((u,a)=>u.start-a.start)){let u=Math.max(i,l);if(c<=u)continue;r.push(new Text(o.slice(l,u).join("")));let a=s("mark","",o.slice(u,c).join(""));a.style.setProperty("--class-color",n(m)),r.push(a),l=c}return r.push(new Text(o.slice(l).join(""))),r}var A=["running","rerunRequested"].map(e=>`[data-test-script-state="${e}"]`).join(),I=1e3,U=["ctrlKey","metaKey","shiftKey","altKey"],j=Symbol.for("labelwright.turns"),p=window[j]??={};function S(){let{turn:e}=p;return e&&(location.pathname!==e.from||Date.now()-e.began>1500)&&delete p.turn,p.turn!==void 0}function E(){p.watching||(p.watching=!0,window.addEventListener("click",$,{capture:!0}),window.addEventListener("focusout",()=>p.left=Date.now(),{capture:!0}))}function $(e){let t=G(e);if(t)if(e.isTrusted){e.preventDefault(),e.stopImmediatePropagation(),T(t);let n=Date.now(),o=n-(p.left??0)<I?80:50;setTimeout(()=>y(t,n),o)}else T(t)}function y(e,t){document.querySelector(A)!==null&&Date.now()-t<400?setTimeout(()=>y(e,t),10):e.click()}function T(e){e.pathname!==location.pathname&&(p.turn={from:location.pathname,began:Date.now()})}function G(e){if(e.button!==0||U.some(o=>e[o]))return;let t=e.composedPath()[0].closest?.("a[href]"),n=t?.closest("[data-testid^='stTopNav'], [data-testid^='stSidebarNav']");return t&&n?t:void 0}var K=["click","change","focusout","keydown"],V=Symbol.for("labelwright.sending"),d=window[V]??=z();function M(e,t){(d.sender===void 0||d.sender===e)&&d.waiting.length===0?k(e,t):d.waiting.push({root:e,send:t})}function k(e,t){d.sender===void 0&&(d.sender=e,setTimeout(()=>setTimeout(q))),t()}function q(){d.sender=void 0;let e=d.waiting[0]?.root;for(;e&&d.waiting[0]?.root===e;)k(e,d.waiting.shift().send)}function z(){let e={waiting:[]};for(let t of K)window.addEventListener(t,()=>e.acted=Date.now(),{capture:!0});return e}var L=50;function H(e){let t=new WeakMap;return E(),n=>{let o=W(n),r=o.parentElement,l=t.get(r);return l?l.update(o):t.set(r,e(o)),()=>{r.host.isConnected||(t.get(r)?.close(),t.delete(r))}}}function W(e){let{parentElement:t}=e,n=location.pathname,o=r=>{let l=(i,c,m=0)=>{(S()||location.pathname!==n)&&m<1500?setTimeout(()=>l(i,c,m+L),L):t.host.isConnected&&M(t,()=>r(i,c))};return(i,c)=>l(i,c)};return{data:e.data,parentElement:t,setStateValue:o(e.setStateValue),setTriggerValue:o(e.setTriggerValue)}}var D=`.rows {
  overflow-y: auto;
  border: 1px solid var(--line);
  border-radius: var(--radius);
}
.row {
  display: grid;
  grid-template-columns: minmax(2.6rem, max-content) 1fr;
  column-gap: 0.75rem;
  padding: 0.4rem 0.75rem 0.45rem 0.5rem;
}
.clickable .row {
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
.fields {
  grid-column: 2;
  min-width: 0;
  margin-top: 0.1rem;
  font-size: 0.8rem;
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}
.row:focus .fields,
.row[aria-selected="true"] .fields {
  overflow-wrap: anywhere;
  white-space: normal;
}
.field {
  margin-right: 0.6rem;
}
.field-name {
  color: var(--muted);
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
.chip.vote {
  flex-wrap: wrap;
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
`;var F="#8a9399",he=H(e=>{let t=b(e.parentElement,"root rows",v+D);return _(t,e),{update:n=>_(t,n),close:()=>{}}});function _(e,t){let{data:n,parentElement:o}=t,r=o.activeElement?.dataset.row,l=e.scrollTop;e.style.maxHeight=n.height?`${n.height}px`:"",e.classList.toggle("clickable",n.clickable),e.setAttribute("role","listbox"),e.setAttribute("aria-label",n.label);let i=n.rows.map(a=>B(e,X(a,n))),c=i.length?i:[s("p","empty",n.empty)];c.length===e.childElementCount&&c.every((a,C)=>a===e.children[C])||e.replaceChildren(...c);let u=i.find(a=>a.ariaSelected==="true")??i[0];u&&(u.tabIndex=0),e.scrollTop=l,r&&e.querySelector(`[data-row="${r}"]`)?.focus(),e.onclick=a=>R(t,a),e.onkeydown=a=>{if(a.key==="Enter"||a.key===" ")R(t,a);else if(a.key==="ArrowDown"||a.key==="ArrowUp")J(e,a);else return;a.preventDefault(),a.stopPropagation()}}function B(e,t){let n=e.querySelector(`:scope > [data-row="${t.dataset.row}"]`);return n?(n.ariaSelected=t.ariaSelected,n.tabIndex=t.tabIndex,n.innerHTML!==t.innerHTML&&n.replaceChildren(...t.childNodes),n):t}function R(e,t){let n=t.target.closest("[data-row]");!n||!e.data.clickable||t.type==="click"&&getSelection()?.type==="Range"||e.setTriggerValue("clicked",Number(n.dataset.row))}function J(e,t){let n=t.target.closest("[data-row]"),o=t.key==="ArrowDown"?n?.nextElementSibling:n?.previousElementSibling;if(!(!(o instanceof HTMLElement)||!e.contains(o))){for(let r of e.querySelectorAll('[tabindex="0"]'))r.tabIndex=-1;o.tabIndex=0,o.focus()}}function X(e,t){let n=s("div","row");n.dataset.row=String(e.row_id),n.tabIndex=-1,n.setAttribute("role","option"),n.ariaSelected=String(e.row_id===t.selected);let o=s("div","text");o.append(...x(e.text,e.highlights,l=>g(l,t.classes))),n.append(s("span","id",String(e.row_id)),o),e.fields.length&&n.append(Y(e));let r=Z(e,t);if(r.length){let l=s("div","facts");l.append(...r),n.append(l)}return n}function Y(e){let t=s("div","fields");for(let[n,o]of e.fields){let r=s("span","field");r.append(s("span","field-name",n),` ${o}`),t.append(r," ")}return t.title=e.fields.map(([n,o])=>`${n}: ${o}`).join(`
`),t}function Z(e,{classes:t,short:n}){let o=[];if(e.label!==null&&(o.push(f(w(e.label,t),g(e.label,t),n)),e.confidence!==null&&o.push(s("span","number",ee(e.confidence)))),e.correct!==null&&e.judged===null&&o.push(N(e.correct)),e.gold!==null){let i=s("span","gold");i.append("gold ",f(w(e.gold,t),g(e.gold,t),n,"chip plain")),o.push(i)}let r=i=>i.function===e.judged,l=e.votes.filter(i=>!r(i));for(let i of[...e.votes.filter(r),...l]){let c=f(i.function,g(i.code,t),n,"chip plain vote"),m=w(i.code,t);c.title=`${i.function} votes ${m}`,c.append(h("vote-class",m,n)),e.correct!==null&&r(i)&&c.append(N(e.correct)),o.push(c)}return e.note&&o.push(s("span","note",e.note)),o}var N=e=>e?s("span","right","\u2713 right"):s("span","wrong","\u2717 wrong"),ee=e=>`${(100*e).toFixed(1)} %`,w=(e,t)=>t[e]?.name??"abstain",g=(e,t)=>(e===null?"var(--st-primary-color)":t[e]?.color)??F;export{he as default};
