function i(e,t="",n=""){let o=document.createElement(e);return t&&(o.className=t),n&&(o.textContent=n),o}function h(e,t,n){let o=i("style");o.textContent=n;let r=i("div",t);return e.append(o,r),r}function f(e,t,n){let o=i("span",e,Object.hasOwn(n,t)?n[t]:t);return o.textContent!==t&&(o.title=t),o}function m(e,t,n,o="chip"){let r=i("span",o);return r.style.setProperty("--class-color",t),r.append(i("span","swatch"),f("chip-name",e,n)),r}var b=`.root {
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
`;var D=["running","rerunRequested"].map(e=>`[data-test-script-state="${e}"]`).join(),H=1e3,C=["ctrlKey","metaKey","shiftKey","altKey"],_=Symbol.for("labelwright.turns"),u=window[_]??={};function x(){let{turn:e}=u;return e&&(location.pathname!==e.from||Date.now()-e.began>1500)&&delete u.turn,u.turn!==void 0}function v(){u.watching||(u.watching=!0,window.addEventListener("click",N,{capture:!0}),window.addEventListener("focusout",()=>u.left=Date.now(),{capture:!0}))}function N(e){let t=R(e);if(t)if(e.isTrusted){e.preventDefault(),e.stopImmediatePropagation(),w(t);let n=Date.now(),o=n-(u.left??0)<H?80:50;setTimeout(()=>T(t,n),o)}else w(t)}function T(e,t){document.querySelector(D)!==null&&Date.now()-t<400?setTimeout(()=>T(e,t),10):e.click()}function w(e){e.pathname!==location.pathname&&(u.turn={from:location.pathname,began:Date.now()})}function R(e){if(e.button!==0||C.some(o=>e[o]))return;let t=e.composedPath()[0].closest?.("a[href]"),n=t?.closest("[data-testid^='stTopNav'], [data-testid^='stSidebarNav']");return t&&n?t:void 0}var y=50;function E(e){let t=new WeakMap;return v(),n=>{let o=A(n),r=o.parentElement,s=t.get(r);return s?s.update(o):t.set(r,e(o)),()=>{r.host.isConnected||(t.get(r)?.close(),t.delete(r))}}}function A(e){let{parentElement:t}=e,n=location.pathname,o=r=>{let s=(l,c,a=0)=>{(x()||location.pathname!==n)&&a<1500?setTimeout(()=>s(l,c,a+y),y):t.host.isConnected&&r(l,c)};return(l,c)=>s(l,c)};return{data:e.data,parentElement:t,setStateValue:o(e.setStateValue),setTriggerValue:o(e.setTriggerValue)}}var S=`.rows {
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
`;var K="#8a9399",Z=E(e=>{let t=h(e.parentElement,"root rows",b+S);return k(t,e),{update:n=>k(t,n),close:()=>{}}});function k(e,t){let{data:n,parentElement:o}=t,r=o.activeElement?.dataset.row,s=e.scrollTop;e.style.maxHeight=n.height?`${n.height}px`:"",e.setAttribute("role","listbox"),e.setAttribute("aria-label",n.label);let l=n.rows.map(a=>G(a,n));e.replaceChildren(...l.length?l:[i("p","empty",n.empty)]);let c=l.find(a=>a.ariaSelected==="true")??l[0];c&&(c.tabIndex=0),e.scrollTop=s,r&&e.querySelector(`[data-row="${r}"]`)?.focus(),e.onclick=a=>M(t,a),e.onkeydown=a=>{if(a.key==="Enter"||a.key===" ")M(t,a);else if(a.key==="ArrowDown"||a.key==="ArrowUp")U(e,a);else return;a.preventDefault(),a.stopPropagation()}}function M(e,t){let n=t.target.closest("[data-row]");!n||t.type==="click"&&getSelection()?.type==="Range"||e.setTriggerValue("clicked",Number(n.dataset.row))}function U(e,t){let n=t.target.closest("[data-row]"),o=t.key==="ArrowDown"?n?.nextElementSibling:n?.previousElementSibling;if(!(!(o instanceof HTMLElement)||!e.contains(o))){for(let r of e.querySelectorAll('[tabindex="0"]'))r.tabIndex=-1;o.tabIndex=0,o.focus()}}function G(e,t){let n=i("div","row");n.dataset.row=String(e.row_id),n.tabIndex=-1,n.setAttribute("role","option"),n.ariaSelected=String(e.row_id===t.selected);let o=i("div","text");o.append(...P(e,t.classes)),n.append(i("span","id",String(e.row_id)),o);let r=$(e,t);if(r.length){let s=i("div","facts");s.append(...r),n.append(s)}return n}function P(e,t){let n=Array.from(e.text),o=[],r=0;for(let{start:s,end:l,code:c}of[...e.highlights].sort((a,d)=>a.start-d.start)){let a=Math.max(s,r);if(l<=a)continue;o.push(new Text(n.slice(r,a).join("")));let d=i("mark","",n.slice(a,l).join(""));d.style.setProperty("--class-color",p(c,t)),o.push(d),r=l}return o.push(new Text(n.slice(r).join(""))),o}function $(e,{classes:t,short:n}){let o=[];if(e.label!==null&&(o.push(m(g(e.label,t),p(e.label,t),n)),e.confidence!==null&&o.push(i("span","number",j(e.confidence)))),e.correct!==null&&o.push(e.correct?i("span","right","\u2713 right"):i("span","wrong","\u2717 wrong")),e.gold!==null){let r=i("span","gold");r.append("gold ",m(g(e.gold,t),p(e.gold,t),n,"chip plain")),o.push(r)}for(let r of e.votes){let s=m(r.function,p(r.code,t),n,"chip plain vote"),l=g(r.code,t);s.title=`${r.function} votes ${l}`,s.append(f("vote-class",l,n)),o.push(s)}return e.note&&o.push(i("span","note",e.note)),o}var j=e=>`${(100*e).toFixed(1)} %`,g=(e,t)=>t[e]?.name??"abstain",p=(e,t)=>(e===null?"var(--st-primary-color)":t[e]?.color)??K;export{Z as default};
