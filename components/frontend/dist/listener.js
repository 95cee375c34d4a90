var k=["running","rerunRequested"].map(e=>`[data-test-script-state="${e}"]`).join(),E=1e3,L=["ctrlKey","metaKey","shiftKey","altKey"],R=Symbol.for("labelwright.turns"),i=window[R]??={};function g(){let{turn:e}=i;return e&&(location.pathname!==e.from||Date.now()-e.began>1500)&&delete i.turn,i.turn!==void 0}function y(){i.watching||(i.watching=!0,window.addEventListener("click",C,{capture:!0}),window.addEventListener("focusout",()=>i.left=Date.now(),{capture:!0}))}function C(e){let t=D(e);if(t)if(e.isTrusted){e.preventDefault(),e.stopImmediatePropagation(),v(t);let n=Date.now(),o=n-(i.left??0)<E?80:50;setTimeout(()=>T(t,n),o)}else v(t)}function T(e,t){document.querySelector(k)!==null&&Date.now()-t<400?setTimeout(()=>T(e,t),10):e.click()}function v(e){e.pathname!==location.pathname&&(i.turn={from:location.pathname,began:Date.now()})}function D(e){if(e.button!==0||L.some(o=>e[o]))return;let t=e.composedPath()[0].closest?.("a[href]"),n=t?.closest("[data-testid^='stTopNav'], [data-testid^='stSidebarNav']");return t&&n?t:void 0}var w=50;function S(e){let t=new WeakMap;return y(),n=>{let o=N(n),r=o.parentElement,a=t.get(r);return a?a.update(o):t.set(r,e(o)),()=>{r.host.isConnected||(t.get(r)?.close(),t.delete(r))}}}function N(e){let{parentElement:t}=e,n=location.pathname,o=r=>{let a=(c,p,b=0)=>{(g()||location.pathname!==n)&&b<1500?setTimeout(()=>a(c,p,b+w),w):t.host.isConnected&&r(c,p)};return(c,p)=>a(c,p)};return{data:e.data,parentElement:t,setStateValue:o(e.setStateValue),setTriggerValue:o(e.setTriggerValue)}}var M=`.root {
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
`;function s(e,t="",n=""){let o=document.createElement(e);return t&&(o.className=t),n&&(o.textContent=n),o}function x(e,t,n){let o=s("style");o.textContent=n;let r=s("div",t);return e.append(o,r),r}var _=`.activity {
  font-size: 1rem;
}
.line {
  display: flex;
  align-items: center;
  flex-wrap: wrap;
  gap: 0 1rem;
  min-height: 1.6rem;
}
progress {
  appearance: none;
  width: 160px;
  height: 0.5rem;
  border: 0;
  border-radius: 0.25rem;
  overflow: hidden;
  background: color-mix(in srgb, var(--ink) 15%, transparent);
}
progress[hidden] {
  display: none;
}
progress::-webkit-progress-bar {
  background: transparent;
}
progress::-webkit-progress-value {
  background: var(--st-primary-color);
}
progress::-moz-progress-bar {
  background: var(--st-primary-color);
}
.problems p {
  margin: 0.5rem 0 0;
  overflow-wrap: anywhere;
  white-space: pre-wrap;
}
`;var d=new Map;function u(e){let t=d.get(e)??new h(e);return d.set(e,t),t}var h=class{constructor(t){this.project=t}project;announced;subscribers=new Set;socket;retryMs=500;retry;linger;gap;waiting=!1;subscribe(t){return clearTimeout(this.linger),this.subscribers.add(t),this.socket?this.notify():this.open(),()=>{this.subscribers.delete(t),this.subscribers.size===0&&(this.linger=setTimeout(()=>this.close(),2e3))}}open(){let t=new URL("../../push",import.meta.url);t.protocol=t.protocol.replace("http","ws"),t.searchParams.set("project",this.project),this.socket=new WebSocket(t),this.socket.onopen=()=>{this.retryMs=500},this.socket.onmessage=n=>{this.announced=JSON.parse(n.data),this.notify()},this.socket.onclose=()=>{this.retry=setTimeout(()=>this.open(),this.retryMs*(.75+Math.random()/2)),this.retryMs=Math.min(this.retryMs*2,15e3)}}close(){clearTimeout(this.retry),clearTimeout(this.gap),this.socket&&(this.socket.onclose=null),this.socket?.close(),d.delete(this.project)}notify(){if(this.gap!==void 0){this.waiting=!0;return}this.waiting=!1,this.gap=setTimeout(()=>{this.gap=void 0,this.waiting&&this.notify()},100),this.tell([...this.subscribers])}tell([t,...n]){t&&(this.subscribers.has(t)&&t(),setTimeout(()=>this.tell(n),30))}};var l=class{said=s("span","said");bar=s("progress");problems=s("div","problems");shown=-1;project;unsubscribe;constructor({data:t,parentElement:n}){let o=x(n,"root activity",M+_),r=s("div","line");r.setAttribute("role","status"),this.bar.ariaLabel="How much of it is done",r.append(this.said,this.bar),o.append(r,this.problems),this.project=t.project,this.show(t.activity),this.unsubscribe=this.listen()}update({data:t}){t.project!==this.project&&(this.unsubscribe(),this.project=t.project,this.shown=-1,this.unsubscribe=this.listen()),this.show(t.activity)}close(){this.unsubscribe()}listen(){let t=u(this.project);return t.subscribe(()=>this.hear(t.announced))}hear(t){t?.activity&&this.show(t.activity)}show({version:t,said:n,done:o,problems:r}){t<this.shown||(this.shown=t,this.said.textContent!==n&&(this.said.textContent=n),this.bar.hidden=o===null,this.bar.value=o??0,this.problems.replaceChildren(...r.map(a=>s("p","",`\u2717 ${a}`))))}};var m=800,H=15e3,tt=S(e=>"activity"in e.data?new l(e):new f(e)),f=class{constructor(t){this.component=t;this.project=t.data.project,this.announced=t.data.seen,G(t.parentElement),this.unsubscribe=this.listen()}component;project;unsubscribe;announced;retryMs=m;retry;update(t){this.component=t,t.data.project!==this.project&&(this.close(),this.project=t.data.project,this.announced=t.data.seen,this.unsubscribe=this.listen()),t.data.heard===this.announced&&(clearTimeout(this.retry),this.retryMs=m)}close(){clearTimeout(this.retry),this.unsubscribe()}listen(){let t=u(this.project);return t.subscribe(()=>this.tell(t))}tell(t){if(t.announced===void 0)return;let{follows:n,seen:o}=this.component.data,r=t.announced[n];r!==this.announced&&(this.announced=r,this.retryMs=m,r>o&&this.announce())}announce(){this.component.setStateValue("live",{project:this.project,version:this.announced}),clearTimeout(this.retry),this.retry=setTimeout(()=>this.announce(),this.retryMs),this.retryMs=Math.min(this.retryMs*2,H)}};function G(e){let t=e.host.closest('[data-testid="stElementContainer"]');t&&(t.style.position="absolute")}export{tt as default};
