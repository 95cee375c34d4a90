function s(e,t="",n=""){let o=document.createElement(e);return t&&(o.className=t),n&&(o.textContent=n),o}function b(e,t,n){let o=s("style");o.textContent=n;let r=s("div",t);return e.append(o,r),r}function g(e,t,n){let o=s("span",e,Object.hasOwn(n,t)?n[t]:t);return o.textContent!==t&&(o.title=t),o}function m(e,t,n,o="chip"){let r=s("span",o);return r.style.setProperty("--class-color",t),r.append(s("span","swatch"),g("chip-name",e,n)),r}var w=`.root {
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
`;function x(e,t,n){let o=Array.from(e),r=[],l=0;for(let{start:a,end:c,code:u}of[...t].sort((d,i)=>d.start-i.start)){let d=Math.max(a,l);if(c<=d)continue;r.push(new Text(o.slice(l,d).join("")));let i=s("mark","",o.slice(d,c).join(""));i.style.setProperty("--class-color",n(u)),r.push(i),l=c}return r.push(new Text(o.slice(l).join(""))),r}var _=["running","rerunRequested"].map(e=>`[data-test-script-state="${e}"]`).join(),R=1e3,O=["ctrlKey","metaKey","shiftKey","altKey"],A=Symbol.for("labelwright.turns"),p=window[A]??={};function T(){let{turn:e}=p;return e&&(location.pathname!==e.from||Date.now()-e.began>1500)&&delete p.turn,p.turn!==void 0}function y(){p.watching||(p.watching=!0,window.addEventListener("click",I,{capture:!0}),window.addEventListener("focusout",()=>p.left=Date.now(),{capture:!0}))}function I(e){let t=j(e);if(t)if(e.isTrusted){e.preventDefault(),e.stopImmediatePropagation(),v(t);let n=Date.now(),o=n-(p.left??0)<R?80:50;setTimeout(()=>S(t,n),o)}else v(t)}function S(e,t){document.querySelector(_)!==null&&Date.now()-t<400?setTimeout(()=>S(e,t),10):e.click()}function v(e){e.pathname!==location.pathname&&(p.turn={from:location.pathname,began:Date.now()})}function j(e){if(e.button!==0||O.some(o=>e[o]))return;let t=e.composedPath()[0].closest?.("a[href]"),n=t?.closest("[data-testid^='stTopNav'], [data-testid^='stSidebarNav']");return t&&n?t:void 0}var k=50;function E(e){let t=new WeakMap;return y(),n=>{let o=K(n),r=o.parentElement,l=t.get(r);return l?l.update(o):t.set(r,e(o)),()=>{r.host.isConnected||(t.get(r)?.close(),t.delete(r))}}}function K(e){let{parentElement:t}=e,n=location.pathname,o=r=>{let l=(a,c,u=0)=>{(T()||location.pathname!==n)&&u<1500?setTimeout(()=>l(a,c,u+k),k):t.host.isConnected&&r(a,c)};return(a,c)=>l(a,c)};return{data:e.data,parentElement:t,setStateValue:o(e.setStateValue),setTriggerValue:o(e.setTriggerValue)}}var M=`.rows {
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
`;var V="#8a9399",se=E(e=>{let t=b(e.parentElement,"root rows",w+M);return L(t,e),{update:n=>L(t,n),close:()=>{}}});function L(e,t){let{data:n,parentElement:o}=t,r=o.activeElement?.dataset.row,l=e.scrollTop;e.style.maxHeight=n.height?`${n.height}px`:"",e.classList.toggle("clickable",n.clickable),e.setAttribute("role","listbox"),e.setAttribute("aria-label",n.label);let a=n.rows.map(i=>G(e,P(i,n))),c=a.length?a:[s("p","empty",n.empty)];c.length===e.childElementCount&&c.every((i,C)=>i===e.children[C])||e.replaceChildren(...c);let d=a.find(i=>i.ariaSelected==="true")??a[0];d&&(d.tabIndex=0),e.scrollTop=l,r&&e.querySelector(`[data-row="${r}"]`)?.focus(),e.onclick=i=>H(t,i),e.onkeydown=i=>{if(i.key==="Enter"||i.key===" ")H(t,i);else if(i.key==="ArrowDown"||i.key==="ArrowUp")z(e,i);else return;i.preventDefault(),i.stopPropagation()}}function G(e,t){let n=e.querySelector(`:scope > [data-row="${t.dataset.row}"]`);return n?(n.ariaSelected=t.ariaSelected,n.tabIndex=t.tabIndex,n.innerHTML!==t.innerHTML&&n.replaceChildren(...t.childNodes),n):t}function H(e,t){let n=t.target.closest("[data-row]");!n||!e.data.clickable||t.type==="click"&&getSelection()?.type==="Range"||e.setTriggerValue("clicked",Number(n.dataset.row))}function z(e,t){let n=t.target.closest("[data-row]"),o=t.key==="ArrowDown"?n?.nextElementSibling:n?.previousElementSibling;if(!(!(o instanceof HTMLElement)||!e.contains(o))){for(let r of e.querySelectorAll('[tabindex="0"]'))r.tabIndex=-1;o.tabIndex=0,o.focus()}}function P(e,t){let n=s("div","row");n.dataset.row=String(e.row_id),n.tabIndex=-1,n.setAttribute("role","option"),n.ariaSelected=String(e.row_id===t.selected);let o=s("div","text");o.append(...x(e.text,e.highlights,l=>f(l,t.classes))),n.append(s("span","id",String(e.row_id)),o),e.fields.length&&n.append(q(e));let r=F(e,t);if(r.length){let l=s("div","facts");l.append(...r),n.append(l)}return n}function q(e){let t=s("div","fields");for(let[n,o]of e.fields){let r=s("span","field");r.append(s("span","field-name",n),` ${o}`),t.append(r," ")}return t.title=e.fields.map(([n,o])=>`${n}: ${o}`).join(`
`),t}function F(e,{classes:t,short:n}){let o=[];if(e.label!==null&&(o.push(m(h(e.label,t),f(e.label,t),n)),e.confidence!==null&&o.push(s("span","number",W(e.confidence)))),e.correct!==null&&e.judged===null&&o.push(D(e.correct)),e.gold!==null){let a=s("span","gold");a.append("gold ",m(h(e.gold,t),f(e.gold,t),n,"chip plain")),o.push(a)}let r=a=>a.function===e.judged,l=e.votes.filter(a=>!r(a));for(let a of[...e.votes.filter(r),...l]){let c=m(a.function,f(a.code,t),n,"chip plain vote"),u=h(a.code,t);c.title=`${a.function} votes ${u}`,c.append(g("vote-class",u,n)),e.correct!==null&&r(a)&&c.append(D(e.correct)),o.push(c)}return e.note&&o.push(s("span","note",e.note)),o}var D=e=>e?s("span","right","\u2713 right"):s("span","wrong","\u2717 wrong"),W=e=>`${(100*e).toFixed(1)} %`,h=(e,t)=>t[e]?.name??"abstain",f=(e,t)=>(e===null?"var(--st-primary-color)":t[e]?.color)??V;export{se as default};
