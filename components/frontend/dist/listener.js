var C=["running","rerunRequested"].map(e=>`[data-test-script-state="${e}"]`).join(),D=1e3,A=["ctrlKey","metaKey","shiftKey","altKey"],N=Symbol.for("labelwright.turns"),u=window[N]??={};function y(){let{turn:e}=u;return e&&(location.pathname!==e.from||Date.now()-e.began>1500)&&delete u.turn,u.turn!==void 0}function T(){u.watching||(u.watching=!0,window.addEventListener("click",O,{capture:!0}),window.addEventListener("focusout",()=>u.left=Date.now(),{capture:!0}))}function O(e){let t=j(e);if(t)if(e.isTrusted){e.preventDefault(),e.stopImmediatePropagation(),w(t);let n=Date.now(),o=n-(u.left??0)<D?80:50;setTimeout(()=>S(t,n),o)}else w(t)}function S(e,t){document.querySelector(C)!==null&&Date.now()-t<400?setTimeout(()=>S(e,t),10):e.click()}function w(e){e.pathname!==location.pathname&&(u.turn={from:location.pathname,began:Date.now()})}function j(e){if(e.button!==0||A.some(o=>e[o]))return;let t=e.composedPath()[0].closest?.("a[href]"),n=t?.closest("[data-testid^='stTopNav'], [data-testid^='stSidebarNav']");return t&&n?t:void 0}var H=["click","change","focusout","keydown"],I=Symbol.for("labelwright.sending"),r=window[I]??=U();function M(e,t){(r.sender===void 0||r.sender===e)&&r.waiting.length===0?_(e,t):r.waiting.push({root:e,send:t})}function h(e,t=Date.now()){let n=(r.acted??0)+30-Date.now();n<=0||Date.now()-t>=150?e():setTimeout(()=>h(e,t),n)}function _(e,t){r.sender===void 0&&(r.sender=e,setTimeout(()=>setTimeout(G))),t()}function G(){r.sender=void 0;let e=r.waiting[0]?.root;for(;e&&r.waiting[0]?.root===e;)_(e,r.waiting.shift().send)}function U(){let e={waiting:[]};for(let t of H)window.addEventListener(t,()=>e.acted=Date.now(),{capture:!0});return e}var x=50;function E(e){let t=new WeakMap;return T(),n=>{let o=W(n),i=o.parentElement,s=t.get(i);return s?s.update(o):t.set(i,e(o)),()=>{i.host.isConnected||(t.get(i)?.close(),t.delete(i))}}}function W(e){let{parentElement:t}=e,n=location.pathname,o=i=>{let s=(c,a,b=0)=>{(y()||location.pathname!==n)&&b<1500?setTimeout(()=>s(c,a,b+x),x):t.host.isConnected&&M(t,()=>i(c,a))};return(c,a)=>s(c,a)};return{data:e.data,parentElement:t,setStateValue:o(e.setStateValue),setTriggerValue:o(e.setTriggerValue)}}var k=`.root {
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
`;function d(e,t="",n=""){let o=document.createElement(e);return t&&(o.className=t),n&&(o.textContent=n),o}function R(e,t,n){let o=d("style");o.textContent=n;let i=d("div",t);return e.append(o,i),i}var L=`.activity {
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
`;var m=new Map;function p(e){let t=m.get(e)??new f(e);return m.set(e,t),t}var f=class{constructor(t){this.project=t}project;announced;subscribers=new Set;socket;retryMs=500;retry;linger;gap;waiting=!1;subscribe(t){return clearTimeout(this.linger),this.subscribers.add(t),this.socket?this.notify():this.open(),()=>{this.subscribers.delete(t),this.subscribers.size===0&&(this.linger=setTimeout(()=>this.close(),2e3))}}open(){let t=new URL("../../push",import.meta.url);t.protocol=t.protocol.replace("http","ws"),t.searchParams.set("project",this.project),this.socket=new WebSocket(t),this.socket.onopen=()=>{this.retryMs=500},this.socket.onmessage=n=>{this.announced=JSON.parse(n.data),this.notify()},this.socket.onclose=()=>{this.retry=setTimeout(()=>this.open(),this.retryMs*(.75+Math.random()/2)),this.retryMs=Math.min(this.retryMs*2,15e3)}}close(){clearTimeout(this.retry),clearTimeout(this.gap),this.socket&&(this.socket.onclose=null),this.socket?.close(),m.delete(this.project)}notify(){if(this.gap!==void 0){this.waiting=!0;return}this.waiting=!1,this.gap=setTimeout(()=>{this.gap=void 0,this.waiting&&this.notify()},100);for(let t of[...this.subscribers])t()}};var l=class{said=d("span","said");bar=d("progress");problems=d("div","problems");shown=-1;project;unsubscribe;constructor({data:t,parentElement:n}){let o=R(n,"root activity",k+L),i=d("div","line");i.setAttribute("role","status"),this.bar.ariaLabel="How much of it is done",i.append(this.said,this.bar),o.append(i,this.problems),this.project=t.project,this.show(t.activity),this.unsubscribe=this.listen()}update({data:t}){t.project!==this.project&&(this.unsubscribe(),this.project=t.project,this.shown=-1,this.unsubscribe=this.listen()),this.show(t.activity)}close(){this.unsubscribe()}listen(){let t=p(this.project);return t.subscribe(()=>this.hear(t.announced))}hear(t){t?.activity&&this.show(t.activity)}show({version:t,said:n,done:o,problems:i}){t<this.shown||(this.shown=t,this.said.textContent!==n&&(this.said.textContent=n),this.bar.hidden=o===null,this.bar.value=o??0,this.problems.replaceChildren(...i.map(s=>d("p","",`\u2717 ${s}`))))}};var v=800,Y=15e3,pt=E(e=>"activity"in e.data?new l(e):new g(e)),g=class{constructor(t){this.component=t;this.project=t.data.project,this.announced=t.data.seen,z(t.parentElement),this.unsubscribe=this.listen()}component;project;unsubscribe;announced;retryMs=v;retry;waits=!1;update(t){this.component=t,t.data.project!==this.project&&(this.close(),this.project=t.data.project,this.announced=t.data.seen,this.unsubscribe=this.listen()),t.data.heard===this.announced&&(clearTimeout(this.retry),this.retryMs=v)}close(){clearTimeout(this.retry),this.unsubscribe()}listen(){let t=p(this.project);return t.subscribe(()=>this.tell(t))}tell(t){if(t.announced===void 0)return;let{follows:n,seen:o,after_ms:i}=this.component.data,{announced:s}=t,c=Math.max(...n.map(a=>s[a]));if(c!==this.announced&&(this.announced=c,this.retryMs=v,c>o&&!this.waits)){this.waits=!0;let a=()=>h(()=>this.announce());i>0?setTimeout(a,i):a()}}announce(){this.waits=!1,!(this.announced<=this.component.data.seen)&&this.component.parentElement.host.isConnected&&(this.component.setStateValue("live",{project:this.project,version:this.announced}),clearTimeout(this.retry),this.retry=setTimeout(()=>this.announce(),this.retryMs),this.retryMs=Math.min(this.retryMs*2,Y))}};function z(e){let t=e.host.closest('[data-testid="stElementContainer"]');t&&(t.style.position="absolute")}export{pt as default};
