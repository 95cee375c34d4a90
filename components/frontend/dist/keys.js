var f=`.root {
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
`;function i(t,e="",n=""){let o=document.createElement(t);return e&&(o.className=e),n&&(o.textContent=n),o}function u(t,e,n){let o=i("button",t,e);return o.type="button",o.onclick=n,o}function h(t,e,n){let o=i("style");o.textContent=n;let r=i("div",e);return t.append(o,r),r}var D=["running","rerunRequested"].map(t=>`[data-test-script-state="${t}"]`).join(),_=1e3,C=["ctrlKey","metaKey","shiftKey","altKey"],N=Symbol.for("labelwright.turns"),d=window[N]??={};function b(){let{turn:t}=d;return t&&(location.pathname!==t.from||Date.now()-t.began>1500)&&delete d.turn,d.turn!==void 0}function w(){d.watching||(d.watching=!0,window.addEventListener("click",H,{capture:!0}),window.addEventListener("focusout",()=>d.left=Date.now(),{capture:!0}))}function H(t){let e=R(t);if(e)if(t.isTrusted){t.preventDefault(),t.stopImmediatePropagation(),g(e);let n=Date.now(),o=n-(d.left??0)<_?80:50;setTimeout(()=>v(e,n),o)}else g(e)}function v(t,e){document.querySelector(D)!==null&&Date.now()-e<400?setTimeout(()=>v(t,e),10):t.click()}function g(t){t.pathname!==location.pathname&&(d.turn={from:location.pathname,began:Date.now()})}function R(t){if(t.button!==0||C.some(o=>t[o]))return;let e=t.composedPath()[0].closest?.("a[href]"),n=e?.closest("[data-testid^='stTopNav'], [data-testid^='stSidebarNav']");return e&&n?e:void 0}var A=["click","change","focusout","keydown"],K=Symbol.for("labelwright.sending"),s=window[K]??=I();function S(t,e){(s.sender===void 0||s.sender===t)&&s.waiting.length===0?T(t,e):s.waiting.push({root:t,send:e})}function T(t,e){s.sender===void 0&&(s.sender=t,setTimeout(()=>setTimeout(O))),e()}function O(){s.sender=void 0;let t=s.waiting[0]?.root;for(;t&&s.waiting[0]?.root===t;)T(t,s.waiting.shift().send)}function I(){let t={waiting:[]};for(let e of A)window.addEventListener(e,()=>t.acted=Date.now(),{capture:!0});return t}var y=50;function E(t){let e=new WeakMap;return w(),n=>{let o=G(n),r=o.parentElement,a=e.get(r);return a?a.update(o):e.set(r,t(o)),()=>{r.host.isConnected||(e.get(r)?.close(),e.delete(r))}}}function G(t){let{parentElement:e}=t,n=location.pathname,o=r=>{let a=(l,c,m=0)=>{(b()||location.pathname!==n)&&m<1500?setTimeout(()=>a(l,c,m+y),y):e.host.isConnected&&S(e,()=>r(l,c))};return(l,c)=>a(l,c)};return{data:t.data,parentElement:e,setStateValue:o(t.setStateValue),setTriggerValue:o(t.setTriggerValue)}}var x=`.opener {
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
`;var P="input, textarea, select, [contenteditable]",k=/Mac|iP/.test(navigator.platform),re=E(t=>new p(t)),p=class{constructor(e){this.component=e;let n=h(e.parentElement,"root keys",f+x);this.opener=u("opener","",()=>this.show(this.panel.hidden===!0)),this.opener.append(i("kbd","","?")," Keys"),this.panel.hidden=!0,this.panel.tabIndex=-1,this.panel.setAttribute("role","dialog"),n.append(this.opener,this.panel),document.addEventListener("keydown",this.onKey),this.update(e)}component;panel=i("div","panel");opener;before=null;update(e){this.component=e;let{data:n}=e;this.panel.ariaLabel=n.title;let o=u("close","Close",()=>this.show(!1)),r=i("div","head");r.append(i("strong","",n.title),o),this.panel.replaceChildren(r,...n.groups.flatMap(({where:a,keys:l})=>W(a,l)))}close(){document.removeEventListener("keydown",this.onKey)}onKey=e=>{if(e.key==="Escape"&&!this.panel.hidden)this.show(!1);else if(e.key==="?"&&!q(e))this.show(this.panel.hidden===!0);else return(k?e.metaKey:e.ctrlKey)?this.press(e):void 0;e.preventDefault()};press(e){let n=this.component.data.presses[e.key.toLowerCase()];if(n===void 0)return;e.preventDefault();let o=M();o?.blur(),document.querySelector(`.st-key-${n} button`)?.click(),o?.focus()}show(e){e!==!this.panel.hidden&&(e&&(this.before=M()),this.panel.hidden=!e,this.opener.setAttribute("aria-expanded",String(e)),(e?this.panel:this.before)?.focus())}};function W(t,e){let n=i("dl");for(let[o,r]of e){let a=i("dt");a.append(i("kbd","",k?Q(o):o)),n.append(a,i("dd","",r))}return[i("div","where",t),n]}function Q(t){return t.replaceAll("Ctrl-","\u2318").replaceAll("Alt-","\u2325").replaceAll("Shift-","\u21E7")}function M(){let t=document.activeElement;for(;t?.shadowRoot?.activeElement;)t=t.shadowRoot.activeElement;return t}function q(t){let e=t.composedPath()[0];return e instanceof Element&&e.closest(P)!==null}export{re as default};
