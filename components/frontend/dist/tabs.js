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
`;function c(e,t="",o=""){let n=document.createElement(e);return t&&(n.className=t),o&&(n.textContent=o),n}function p(e,t,o){let n=c("button",e,t);return n.type="button",n.onclick=o,n}function h(e,t,o){let n=c("style");n.textContent=o;let r=c("div",t);return e.append(n,r),r}var x=["running","rerunRequested"].map(e=>`[data-test-script-state="${e}"]`).join(),S=1e3,M=["ctrlKey","metaKey","shiftKey","altKey"],L=Symbol.for("labelwright.turns"),i=window[L]??={};function g(){let{turn:e}=i;return e&&(location.pathname!==e.from||Date.now()-e.began>1500)&&delete i.turn,i.turn!==void 0}function f(){i.watching||(i.watching=!0,window.addEventListener("click",E,{capture:!0}),window.addEventListener("focusout",()=>i.left=Date.now(),{capture:!0}))}function E(e){let t=D(e);if(t)if(e.isTrusted){e.preventDefault(),e.stopImmediatePropagation(),b(t);let o=Date.now(),n=o-(i.left??0)<S?80:50;setTimeout(()=>v(t,o),n)}else b(t)}function v(e,t){document.querySelector(x)!==null&&Date.now()-t<400?setTimeout(()=>v(e,t),10):e.click()}function b(e){e.pathname!==location.pathname&&(i.turn={from:location.pathname,began:Date.now()})}function D(e){if(e.button!==0||M.some(n=>e[n]))return;let t=e.composedPath()[0].closest?.("a[href]"),o=t?.closest("[data-testid^='stTopNav'], [data-testid^='stSidebarNav']");return t&&o?t:void 0}var w=50;function T(e){let t=new WeakMap;return f(),o=>{let n=_(o),r=n.parentElement,a=t.get(r);return a?a.update(n):t.set(r,e(n)),()=>{r.host.isConnected||(t.get(r)?.close(),t.delete(r))}}}function _(e){let{parentElement:t}=e,o=location.pathname,n=r=>{let a=(s,d,u=0)=>{(g()||location.pathname!==o)&&u<1500?setTimeout(()=>a(s,d,u+w),w):t.host.isConnected&&r(s,d)};return(s,d)=>a(s,d)};return{data:e.data,parentElement:t,setStateValue:n(e.setStateValue),setTriggerValue:n(e.setTriggerValue)}}var k=`.tabs {
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
`;var H=2e3,O={ArrowRight:1,ArrowDown:1,ArrowLeft:-1,ArrowUp:-1},B=T(e=>new l(e)),l=class{constructor(t){this.component=t;this.root=h(t.parentElement,"root tabs",m+k),this.root.setAttribute("role","radiogroup"),this.root.onkeydown=o=>this.walk(o),this.update(t)}component;root;buttons=new Map;clicked={tab:"",number:0};retry;update(t){this.component=t;let{data:o}=t;this.root.ariaLabel=o.label,o.heard>=this.clicked.number&&clearTimeout(this.retry);let n=o.tabs.map(a=>this.drawn(a));n.length===this.root.childElementCount&&n.every((a,s)=>a===this.root.children[s])||this.root.replaceChildren(...n),this.mark()}close(){clearTimeout(this.retry)}drawn({key:t,title:o,count:n}){let r=this.buttons.get(t)??p("tab","",()=>this.choose(t));r.setAttribute("role","radio");let a=n?`${o}${o.includes(" ")?"\xA0":" "}${n}`:o;return r.replaceChildren(c("span","said",a)),this.buttons.set(t,r),r}get chosen(){let{data:t}=this.component;return this.clicked.number>t.heard?this.clicked.tab:t.chosen}mark(){for(let[t,o]of this.buttons)o.ariaChecked=String(t===this.chosen),o.tabIndex=t===this.chosen?0:-1}choose(t){let o=Math.max(this.component.data.heard,this.clicked.number)+1;this.clicked={tab:t,number:o},this.mark(),this.say()}say(){this.component.setStateValue("clicked",this.clicked),clearTimeout(this.retry),this.retry=setTimeout(()=>this.say(),H)}walk(t){let o=O[t.key];if(!o)return;let n=this.component.data.tabs.map(a=>a.key),r=n.at((n.indexOf(this.chosen)+o)%n.length);this.choose(r),this.buttons.get(r)?.focus(),t.preventDefault(),t.stopPropagation()}};export{B as default};
