var g=`.root {
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
`;function r(n,e="",t=""){let o=document.createElement(n);return e&&(o.className=e),t&&(o.textContent=t),o}function p(n,e,t){let o=r("button",n,e);return o.type="button",o.onclick=t,o}function f(n,e,t){let o=r("style");o.textContent=t;let a=r("div",e);return n.append(o,a),a}var D=["running","rerunRequested"].map(n=>`[data-test-script-state="${n}"]`).join(),E=1e3,_=["ctrlKey","metaKey","shiftKey","altKey"],C=Symbol.for("labelwright.turns"),l=window[C]??={};function b(){let{turn:n}=l;return n&&(location.pathname!==n.from||Date.now()-n.began>1500)&&delete l.turn,l.turn!==void 0}function w(){l.watching||(l.watching=!0,window.addEventListener("click",z,{capture:!0}),window.addEventListener("focusout",()=>l.left=Date.now(),{capture:!0}))}function z(n){let e=N(n);if(e)if(n.isTrusted){n.preventDefault(),n.stopImmediatePropagation(),v(e);let t=Date.now(),o=t-(l.left??0)<E?80:50;setTimeout(()=>x(e,t),o)}else v(e)}function x(n,e){document.querySelector(D)!==null&&Date.now()-e<400?setTimeout(()=>x(n,e),10):n.click()}function v(n){n.pathname!==location.pathname&&(l.turn={from:location.pathname,began:Date.now()})}function N(n){if(n.button!==0||_.some(o=>n[o]))return;let e=n.composedPath()[0].closest?.("a[href]"),t=e?.closest("[data-testid^='stTopNav'], [data-testid^='stSidebarNav']");return e&&t?e:void 0}var R=["click","change","focusout","keydown"],H=Symbol.for("labelwright.sending"),i=window[H]??=U();function S(n,e){(i.sender===void 0||i.sender===n)&&i.waiting.length===0?T(n,e):i.waiting.push({root:n,send:e})}function T(n,e){i.sender===void 0&&(i.sender=n,setTimeout(()=>setTimeout(O))),e()}function O(){i.sender=void 0;let n=i.waiting[0]?.root;for(;n&&i.waiting[0]?.root===n;)T(n,i.waiting.shift().send)}function U(){let n={waiting:[]};for(let e of R)window.addEventListener(e,()=>n.acted=Date.now(),{capture:!0});return n}var y=50;function k(n){let e=new WeakMap;return w(),t=>{let o=I(t),a=o.parentElement,s=e.get(a);return s?s.update(o):e.set(a,n(o)),()=>{a.host.isConnected||(e.get(a)?.close(),e.delete(a))}}}function I(n){let{parentElement:e}=n,t=location.pathname,o=a=>{let s=(d,c,h=0)=>{(b()||location.pathname!==t)&&h<1500?setTimeout(()=>s(d,c,h+y),y):e.host.isConnected&&S(e,()=>a(d,c))};return(d,c)=>s(d,c)};return{data:n.data,parentElement:e,setStateValue:o(n.setStateValue),setTriggerValue:o(n.setTriggerValue)}}var M=`.zone {
  display: flex;
  align-items: center;
  justify-content: space-between;
  flex-wrap: wrap;
  gap: 0.5rem 1rem;
  padding: 0.75rem 1rem;
  border: 1px dashed color-mix(in srgb, var(--ink) 35%, transparent);
  border-radius: var(--radius);
  background: var(--raised);
}
.zone.over {
  border: 1px solid var(--st-primary-color);
  background: color-mix(in srgb, var(--st-primary-color) 12%, var(--raised));
}
.words {
  display: flex;
  flex-direction: column;
  min-width: 0;
  flex: 1 1 14rem;
}
.label {
  font-weight: 600;
}
.hint {
  color: var(--muted);
  font-size: 0.8rem;
}
.hidden {
  display: none;
}
.browse {
  padding: 0.25rem 0.9rem;
  border: 1px solid var(--line);
  border-radius: var(--st-button-radius);
  background: var(--st-background-color);
}
.browse:hover {
  border-color: var(--st-primary-color);
  color: var(--st-primary-color);
}
.done {
  display: flex;
  align-items: center;
  gap: 0.6rem;
  padding: 0.4rem 0.25rem 0.2rem;
}
.name {
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}
.size {
  flex: none;
  color: var(--muted);
  font-size: 0.8rem;
  font-variant-numeric: tabular-nums;
}
.tick {
  color: var(--st-green-text-color);
}
.quiet {
  margin-left: auto;
  padding: 0 0.5rem;
  border: none;
  background: none;
  color: var(--muted);
}
.quiet:hover {
  color: var(--ink);
  text-decoration: underline;
}
progress {
  display: block;
  width: 100%;
  height: 4px;
  border: none;
  border-radius: 2px;
  overflow: hidden;
  appearance: none;
  background: var(--line);
}
progress::-webkit-progress-bar {
  background: var(--line);
}
progress::-webkit-progress-value {
  background: var(--st-primary-color);
}
progress::-moz-progress-bar {
  background: var(--st-primary-color);
}
.error {
  margin: 0.4rem 0 0;
  padding: 0.4rem 0.75rem;
  border-left: 3px solid var(--st-red-color);
  border-radius: 2px;
  background: var(--st-red-background-color);
  overflow-wrap: anywhere;
}
`;var Z=k(n=>new m(n)),m=class{constructor(e){this.component=e;let t=f(e.parentElement,"root uploader",g+M);this.input.type="file",this.input.tabIndex=-1,this.input.onchange=()=>this.start(this.input.files?.[0]),this.status.setAttribute("role","status");let o=r("div","words");o.append(this.label,this.hint),this.zone.append(o,p("browse","Choose file",()=>this.input.click()),this.input),t.append(this.zone,this.status),this.acceptDrops(),this.update(e)}component;input=r("input","hidden");zone=r("div","zone");label=r("span","label");hint=r("span","hint");status=r("div","status");request;update(e){this.component=e;let{label:t,types:o,max_bytes:a,hint:s}=e.data;this.label.textContent=t;let d=[o.join(", "),`up to ${u(a)}`,s].filter(Boolean);this.hint.textContent=`Drop a file here, or choose one: ${d.join(" \xB7 ")}`,this.input.accept=o.join(","),this.input.setAttribute("aria-label",t)}close(){this.cancel()}cancel(){this.request?.abort(),this.request=void 0}acceptDrops(){let e=(t,o)=>{t.preventDefault(),this.zone.classList.toggle("over",o)};this.zone.ondragover=t=>e(t,!0),this.zone.ondragleave=t=>e(t,!1),this.zone.ondrop=t=>{e(t,!1),this.start(t.dataTransfer?.files[0])}}start(e){if(this.input.value="",!e)return;this.cancel();let{max_bytes:t}=this.component.data;if(e.size>t){let o=`${u(e.size)}; the limit is ${u(t)}`;this.fail(`${e.name} has ${o}. Split it, or import it on the server with cli.py.`);return}this.send(e)}send(e){let t=new XMLHttpRequest;this.request=t;let o=new URL("../../upload",import.meta.url);o.searchParams.set("name",e.name);let a=this.progress(e);t.upload.onprogress=s=>a(s.loaded),t.onload=()=>this.answered(t),t.onerror=()=>this.fail("The connection to the server was lost. Choose the file again."),t.open("POST",o),t.setRequestHeader("Content-Type","application/octet-stream"),t.responseType="json",t.send(e)}answered(e){if(this.request=void 0,e.status!==200){let a=e.response?.error??`The server answered with status ${e.status}.`;this.fail(a);return}let t=e.response,o=r("div","done");o.append(r("span","tick","\u2713"),r("span","name",t.file_name),r("span","size",u(t.size)),p("quiet","Remove",()=>this.remove())),this.status.replaceChildren(o),this.component.setStateValue("upload",t)}remove(){this.status.replaceChildren(),this.component.setStateValue("upload",null)}progress(e){let t=r("div","done"),o=r("span","size","0 %"),a=p("quiet","Cancel",()=>{this.cancel(),this.status.replaceChildren()});t.append(r("span","name",e.name),o,a);let s=r("progress");return s.max=Math.max(e.size,1),s.value=0,s.setAttribute("aria-label",`Upload of ${e.name}`),this.status.replaceChildren(t,s),d=>{s.value=d;let c=Math.floor(100*d/s.max);o.textContent=`${c} % of ${u(e.size)}`}}fail(e){let t=r("p","error",e);t.setAttribute("role","alert"),this.status.replaceChildren(t)}};function u(n){let e=["bytes","KB","MB","GB"],t=n<1?0:Math.min(Math.floor(Math.log2(n)/10),e.length-1),o=n/1024**t;return`${o.toFixed(t===0||Number.isInteger(o)?0:1)} ${e[t]}`}export{Z as default};
