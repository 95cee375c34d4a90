var m=`.root {
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
`;function a(t,e="",o=""){let n=document.createElement(t);return e&&(n.className=e),o&&(n.textContent=o),n}function d(t,e,o){let n=a("button",t,e);return n.type="button",n.onclick=o,n}function h(t,e,o){let n=a("style");n.textContent=o;let r=a("div",e);return t.append(n,r),r}var k=["running","rerunRequested"].map(t=>`[data-test-script-state="${t}"]`).join(),L=1e3,S=["ctrlKey","metaKey","shiftKey","altKey"],D=Symbol.for("labelwright.turns"),s=window[D]??={};function g(){let{turn:t}=s;return t&&(location.pathname!==t.from||Date.now()-t.began>1500)&&delete s.turn,s.turn!==void 0}function b(){s.watching||(s.watching=!0,window.addEventListener("click",C,{capture:!0}),window.addEventListener("focusout",()=>s.left=Date.now(),{capture:!0}))}function C(t){let e=_(t);if(e)if(t.isTrusted){t.preventDefault(),t.stopImmediatePropagation(),f(e);let o=Date.now(),n=o-(s.left??0)<L?80:50;setTimeout(()=>v(e,o),n)}else f(e)}function v(t,e){document.querySelector(k)!==null&&Date.now()-e<400?setTimeout(()=>v(t,e),10):t.click()}function f(t){t.pathname!==location.pathname&&(s.turn={from:location.pathname,began:Date.now()})}function _(t){if(t.button!==0||S.some(n=>t[n]))return;let e=t.composedPath()[0].closest?.("a[href]"),o=e?.closest("[data-testid^='stTopNav'], [data-testid^='stSidebarNav']");return e&&o?e:void 0}var w=50;function y(t){let e=new WeakMap;return b(),o=>{let n=N(o),r=n.parentElement,i=e.get(r);return i?i.update(n):e.set(r,t(n)),()=>{r.host.isConnected||(e.get(r)?.close(),e.delete(r))}}}function N(t){let{parentElement:e}=t,o=location.pathname,n=r=>{let i=(l,c,p=0)=>{(g()||location.pathname!==o)&&p<1500?setTimeout(()=>i(l,c,p+w),w):e.host.isConnected&&r(l,c)};return(l,c)=>i(l,c)};return{data:t.data,parentElement:e,setStateValue:n(t.setStateValue),setTriggerValue:n(t.setTriggerValue)}}var x=`.opener {
  padding: 0.1rem 0.4rem;
  border: 0;
  border-radius: var(--radius);
  background: none;
  font-size: 0.8rem;
  color: var(--muted);
}
.opener:hover {
  color: var(--ink);
}
.panel {
  position: fixed;
  right: 1.5rem;
  bottom: 1.5rem;
  z-index: 1000;
  width: min(24rem, calc(100vw - 3rem));
  max-height: calc(100vh - 6rem);
  overflow-y: auto;
  padding: 0.8rem 1rem;
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: var(--st-background-color);
  box-shadow: 0 6px 24px rgb(0 0 0 / 25%);
}
.panel:focus-visible {
  outline: none;
}
.head {
  display: flex;
  justify-content: space-between;
}
.close {
  border: 0;
  background: none;
  font-size: 0.8rem;
  color: var(--muted);
}
.where {
  margin-top: 0.6rem;
  font-size: 0.8rem;
  color: var(--muted);
}
dl {
  display: grid;
  grid-template-columns: 8.2rem 1fr;
  gap: 0.15rem 0.6rem;
  margin: 0.2rem 0 0;
  font-size: 0.85rem;
}
dd {
  margin: 0;
}
`;var O="input, textarea, select, [contenteditable]",E=/Mac|iP/.test(navigator.platform),J=y(t=>new u(t)),u=class{constructor(e){this.component=e;let o=h(e.parentElement,"root keys",m+x);this.opener=d("opener","",()=>this.show(this.panel.hidden===!0)),this.opener.append(a("kbd","","?")," Keys"),this.panel.hidden=!0,this.panel.tabIndex=-1,this.panel.setAttribute("role","dialog"),o.append(this.opener,this.panel),document.addEventListener("keydown",this.onKey),this.update(e)}component;panel=a("div","panel");opener;before=null;update(e){this.component=e;let{data:o}=e;this.panel.ariaLabel=o.title;let n=d("close","Close",()=>this.show(!1)),r=a("div","head");r.append(a("strong","",o.title),n),this.panel.replaceChildren(r,...o.groups.flatMap(({where:i,keys:l})=>R(i,l)))}close(){document.removeEventListener("keydown",this.onKey)}onKey=e=>{if(e.key==="Escape"&&!this.panel.hidden)this.show(!1);else if(e.key==="?"&&!I(e))this.show(this.panel.hidden===!0);else return(E?e.metaKey:e.ctrlKey)?this.press(e):void 0;e.preventDefault()};press(e){let o=this.component.data.presses[e.key.toLowerCase()];if(o===void 0)return;e.preventDefault();let n=T();n?.blur(),document.querySelector(`.st-key-${o} button`)?.click(),n?.focus()}show(e){e!==!this.panel.hidden&&(e&&(this.before=T()),this.panel.hidden=!e,this.opener.setAttribute("aria-expanded",String(e)),(e?this.panel:this.before)?.focus())}};function R(t,e){let o=a("dl");for(let[n,r]of e){let i=a("dt");i.append(a("kbd","",E?A(n):n)),o.append(i,a("dd","",r))}return[a("div","where",t),o]}function A(t){return t.replaceAll("Ctrl-","\u2318").replaceAll("Alt-","\u2325").replaceAll("Shift-","\u21E7")}function T(){let t=document.activeElement;for(;t?.shadowRoot?.activeElement;)t=t.shadowRoot.activeElement;return t}function I(t){let e=t.composedPath()[0];return e instanceof Element&&e.closest(O)!==null}export{J as default};
