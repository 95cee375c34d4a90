var h=`.root {
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
`;function d(e,t="",n=""){let o=document.createElement(e);return t&&(o.className=t),n&&(o.textContent=n),o}function p(e,t,n){let o=d("button",e,t);return o.type="button",o.onclick=n,o}function b(e,t,n){let o=d("style");o.textContent=n;let r=d("div",t);return e.append(o,r),r}var E=["running","rerunRequested"].map(e=>`[data-test-script-state="${e}"]`).join(),L=1e3,D=["ctrlKey","metaKey","shiftKey","altKey"],_=Symbol.for("labelwright.turns"),s=window[_]??={};function g(){let{turn:e}=s;return e&&(location.pathname!==e.from||Date.now()-e.began>1500)&&delete s.turn,s.turn!==void 0}function w(){s.watching||(s.watching=!0,window.addEventListener("click",C,{capture:!0}),window.addEventListener("focusout",()=>s.left=Date.now(),{capture:!0}))}function C(e){let t=N(e);if(t)if(e.isTrusted){e.preventDefault(),e.stopImmediatePropagation(),f(t);let n=Date.now(),o=n-(s.left??0)<L?80:50;setTimeout(()=>v(t,n),o)}else f(t)}function v(e,t){document.querySelector(E)!==null&&Date.now()-t<400?setTimeout(()=>v(e,t),10):e.click()}function f(e){e.pathname!==location.pathname&&(s.turn={from:location.pathname,began:Date.now()})}function N(e){if(e.button!==0||D.some(o=>e[o]))return;let t=e.composedPath()[0].closest?.("a[href]"),n=t?.closest("[data-testid^='stTopNav'], [data-testid^='stSidebarNav']");return t&&n?t:void 0}var R=["click","change","focusout","keydown"],A=Symbol.for("labelwright.sending"),a=window[A]??=O();function T(e,t){(a.sender===void 0||a.sender===e)&&a.waiting.length===0?S(e,t):a.waiting.push({root:e,send:t})}function S(e,t){a.sender===void 0&&(a.sender=e,setTimeout(()=>setTimeout(H))),t()}function H(){a.sender=void 0;let e=a.waiting[0]?.root;for(;e&&a.waiting[0]?.root===e;)S(e,a.waiting.shift().send)}function O(){let e={waiting:[]};for(let t of R)window.addEventListener(t,()=>e.acted=Date.now(),{capture:!0});return e}var k=50;function y(e){let t=new WeakMap;return w(),n=>{let o=U(n),r=o.parentElement,i=t.get(r);return i?i.update(o):t.set(r,e(o)),()=>{r.host.isConnected||(t.get(r)?.close(),t.delete(r))}}}function U(e){let{parentElement:t}=e,n=location.pathname,o=r=>{let i=(c,u,m=0)=>{(g()||location.pathname!==n)&&m<1500?setTimeout(()=>i(c,u,m+k),k):t.host.isConnected&&T(t,()=>r(c,u))};return(c,u)=>i(c,u)};return{data:e.data,parentElement:t,setStateValue:o(e.setStateValue),setTriggerValue:o(e.setTriggerValue)}}var x=`.tabs {
  display: flex;
}
.tab {
  flex: 1 1 auto;
  max-width: 6rem;
  min-height: 2.4rem;
  padding: 0.15rem;
  border: 1px solid var(--line);
  border-right-width: 0;
  background: var(--st-background-color);
  font-size: 0.75rem;
  line-height: 1.25;
}
/* So many stay within the rows below them at 1,280 pixels. */
.tabs:has(> :nth-child(7)) > .tab {
  padding-inline: 0.05rem;
}
.tab:first-child {
  border-radius: var(--st-button-radius) 0 0 var(--st-button-radius);
}
.tab:last-child {
  border-right-width: 1px;
  border-radius: 0 var(--st-button-radius) var(--st-button-radius) 0;
}
.tab:hover {
  color: var(--st-primary-color);
}
.tab[aria-checked="true"] {
  z-index: 1;
  color: var(--st-primary-color);
  background: color-mix(in srgb, var(--st-primary-color) 12%, transparent);
  box-shadow: 0 0 0 1px var(--st-primary-color) inset;
}
.said {
  display: inline-block;
  width: min-content;
  font-variant-numeric: tabular-nums;
}
`;var K=2e3,P={ArrowRight:1,ArrowDown:1,ArrowLeft:-1,ArrowUp:-1},tt=y(e=>new l(e)),l=class{constructor(t){this.component=t;this.root=b(t.parentElement,"root tabs",h+x),this.root.setAttribute("role","radiogroup"),this.root.onkeydown=n=>this.walk(n),this.update(t)}component;root;buttons=new Map;clicked={tab:"",number:0};retry;update(t){this.component=t;let{data:n}=t;this.root.ariaLabel=n.label,n.heard>=this.clicked.number&&clearTimeout(this.retry);let o=n.tabs.map(i=>this.drawn(i));o.length===this.root.childElementCount&&o.every((i,c)=>i===this.root.children[c])||this.root.replaceChildren(...o),this.mark()}close(){clearTimeout(this.retry)}drawn({key:t,title:n,count:o}){let r=this.buttons.get(t)??p("tab","",()=>this.choose(t));r.setAttribute("role","radio");let i=o?`${n}${n.includes(" ")?"\xA0":" "}${o}`:n;return r.replaceChildren(d("span","said",i)),this.buttons.set(t,r),r}get chosen(){let{data:t}=this.component;return this.clicked.number>t.heard?this.clicked.tab:t.chosen}mark(){for(let[t,n]of this.buttons)n.ariaChecked=String(t===this.chosen),n.tabIndex=t===this.chosen?0:-1}choose(t){let n=Math.max(this.component.data.heard,this.clicked.number)+1;this.clicked={tab:t,number:n},this.mark(),this.say()}say(){this.component.setStateValue("clicked",this.clicked),clearTimeout(this.retry),this.retry=setTimeout(()=>this.say(),K)}walk(t){let n=P[t.key];if(!n)return;let o=this.component.data.tabs.map(i=>i.key),r=o.at((o.indexOf(this.chosen)+n)%o.length);this.choose(r),this.buttons.get(r)?.focus(),t.preventDefault(),t.stopPropagation()}};export{tt as default};
