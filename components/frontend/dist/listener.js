var D=["running","rerunRequested"].map(e=>`[data-test-script-state="${e}"]`).join(),A=1e3,N=["ctrlKey","metaKey","shiftKey","altKey"],O=Symbol.for("labelwright.turns"),u=window[O]??={};function T(){let{turn:e}=u;return e&&(location.pathname!==e.from||Date.now()-e.began>1500)&&delete u.turn,u.turn!==void 0}function S(){u.watching||(u.watching=!0,window.addEventListener("click",j,{capture:!0}),window.addEventListener("focusout",()=>u.left=Date.now(),{capture:!0}))}function j(e){let t=H(e);if(t)if(e.isTrusted){e.preventDefault(),e.stopImmediatePropagation(),y(t);let n=Date.now(),o=n-(u.left??0)<A?80:50;setTimeout(()=>M(t,n),o)}else y(t)}function M(e,t){document.querySelector(D)!==null&&Date.now()-t<400?setTimeout(()=>M(e,t),10):e.click()}function y(e){e.pathname!==location.pathname&&(u.turn={from:location.pathname,began:Date.now()})}function H(e){if(e.button!==0||N.some(o=>e[o]))return;let t=e.composedPath()[0].closest?.("a[href]"),n=t?.closest("[data-testid^='stTopNav'], [data-testid^='stSidebarNav']");return t&&n?t:void 0}var I=["click","change","focusout","keydown"],G=Symbol.for("labelwright.sending"),r=window[G]??=F();function _(e,t){(r.sender===void 0||r.sender===e)&&r.waiting.length===0?x(e,t):r.waiting.push({root:e,send:t})}function f(e,t=Date.now()){let n=(r.acted??0)+30-Date.now();n<=0||Date.now()-t>=150?e():setTimeout(()=>f(e,t),n)}function x(e,t){r.sender===void 0&&(r.sender=e,setTimeout(()=>setTimeout(U))),t()}function U(){r.sender=void 0;let e=r.waiting[0]?.root;for(;e&&r.waiting[0]?.root===e;)x(e,r.waiting.shift().send)}function F(){let e={waiting:[]};for(let t of I)window.addEventListener(t,()=>e.acted=Date.now(),{capture:!0});return e}var E=50;function k(e){let t=new WeakMap;return S(),n=>{let o=K(n),i=o.parentElement,s=t.get(i);return s?s.update(o):t.set(i,e(o)),()=>{i.host.isConnected||(t.get(i)?.close(),t.delete(i))}}}function K(e){let{parentElement:t}=e,n=location.pathname,o=i=>{let s=(c,a,p=0)=>{(T()||location.pathname!==n)&&p<1500?setTimeout(()=>s(c,a,p+E),E):t.host.isConnected&&_(t,()=>i(c,a))};return(c,a)=>s(c,a)};return{data:e.data,parentElement:t,setStateValue:o(e.setStateValue),setTriggerValue:o(e.setTriggerValue)}}var R=`.root {
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
`;function d(e,t="",n=""){let o=document.createElement(e);return t&&(o.className=t),n&&(o.textContent=n),o}function L(e,t,n){let o=d("style");o.textContent=n;let i=d("div",t);return e.append(o,i),i}var C=`.activity {
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
`;var g=new Map;function l(e){let t=g.get(e)??new v(e);return g.set(e,t),t}var v=class{constructor(t){this.project=t}project;announced;subscribers=new Set;socket;retryMs=500;retry;linger;gap;waiting=!1;subscribe(t){return clearTimeout(this.linger),this.subscribers.add(t),this.socket?this.notify():this.open(),()=>{this.subscribers.delete(t),this.subscribers.size===0&&(this.linger=setTimeout(()=>this.close(),2e3))}}open(){let t=new URL("../../push",import.meta.url);t.protocol=t.protocol.replace("http","ws"),t.searchParams.set("project",this.project),this.socket=new WebSocket(t),this.socket.onopen=()=>{this.retryMs=500},this.socket.onmessage=n=>{this.announced=JSON.parse(n.data),this.notify()},this.socket.onclose=()=>{this.retry=setTimeout(()=>this.open(),this.retryMs*(.75+Math.random()/2)),this.retryMs=Math.min(this.retryMs*2,15e3)}}close(){clearTimeout(this.retry),clearTimeout(this.gap),this.socket&&(this.socket.onclose=null),this.socket?.close(),g.delete(this.project)}notify(){if(this.gap!==void 0){this.waiting=!0;return}this.waiting=!1,this.gap=setTimeout(()=>{this.gap=void 0,this.waiting&&this.notify()},100);for(let t of[...this.subscribers])t()}};var h=class{said=d("span","said");bar=d("progress");problems=d("div","problems");shown=-1;project;unsubscribe;constructor({data:t,parentElement:n}){let o=L(n,"root activity",R+C),i=d("div","line");i.setAttribute("role","status"),this.bar.ariaLabel="How much of it is done",i.append(this.said,this.bar),o.append(i,this.problems),this.project=t.project,this.show(t.activity),this.unsubscribe=this.listen()}update({data:t}){t.project!==this.project&&(this.unsubscribe(),this.project=t.project,this.shown=-1,this.unsubscribe=this.listen()),this.show(t.activity)}close(){this.unsubscribe()}listen(){let t=l(this.project);return t.subscribe(()=>this.hear(t.announced))}hear(t){t?.activity&&this.show(t.activity)}show({version:t,said:n,done:o,problems:i}){t<this.shown||(this.shown=t,this.said.textContent!==n&&(this.said.textContent=n),this.bar.hidden=o===null,this.bar.value=o??0,this.problems.replaceChildren(...i.map(s=>d("p","",`\u2717 ${s}`))))}};var b=800,z=15e3,pt=k(e=>"activity"in e.data?new h(e):new w(e)),w=class{constructor(t){this.component=t;this.project=t.data.project,this.announced=t.data.seen,Q(t.parentElement),this.unsubscribe=this.listen()}component;project;unsubscribe;announced;retryMs=b;retry;waits=!1;update(t){this.component=t,t.data.project!==this.project&&(this.close(),this.project=t.data.project,this.announced=t.data.seen,this.unsubscribe=this.listen()),t.data.heard===this.announced&&(clearTimeout(this.retry),this.retryMs=b)}close(){clearTimeout(this.retry),this.unsubscribe()}listen(){let t=l(this.project);return t.subscribe(()=>this.tell(t))}tell(t){if(t.announced===void 0)return;let{follows:n,seen:o,after_ms:i}=this.component.data,{announced:s}=t,c=Math.max(...n.map(a=>s[a]));if(c!==this.announced&&(this.announced=c,this.retryMs=b,c>o&&!this.waits)){this.waits=!0;let a=()=>f(()=>this.announce()),p=Math.max(i.a_page*s.pages,i.least),m=Math.min(p,i.most);m>0?setTimeout(a,m):a()}}announce(){this.waits=!1,!(this.announced<=this.component.data.seen)&&this.component.parentElement.host.isConnected&&(this.component.setStateValue("live",{project:this.project,version:this.announced}),clearTimeout(this.retry),this.retry=setTimeout(()=>this.announce(),this.retryMs),this.retryMs=Math.min(this.retryMs*2,z))}};function Q(e){let t=e.host.closest('[data-testid="stElementContainer"]');t&&(t.style.position="absolute")}export{pt as default};
