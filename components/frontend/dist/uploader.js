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
kbd {
  padding: 0 0.35em;
  border: 1px solid var(--line);
  border-bottom-width: 2px;
  border-radius: 4px;
  background: var(--st-background-color);
  font: 0.75rem/1.25rem var(--st-code-font);
  color: var(--muted);
}
`;function r(o,e="",t=""){let n=document.createElement(o);return e&&(n.className=e),t&&(n.textContent=t),n}function p(o,e,t){let n=r("button",o,e);return n.type="button",n.onclick=t,n}function g(o,e,t){let n=r("style");n.textContent=t;let a=r("div",e);return o.append(n,a),a}var M=["running","rerunRequested"].map(o=>`[data-test-script-state="${o}"]`).join(),S=1e3,L=["ctrlKey","metaKey","shiftKey","altKey"],C=Symbol.for("labelwright.turns"),l=window[C]??={};function v(){let{turn:o}=l;return o&&(location.pathname!==o.from||Date.now()-o.began>1500)&&delete l.turn,l.turn!==void 0}function b(){l.watching||(l.watching=!0,window.addEventListener("click",D,{capture:!0}),window.addEventListener("focusout",()=>l.left=Date.now(),{capture:!0}))}function D(o){let e=E(o);if(e)if(o.isTrusted){o.preventDefault(),o.stopImmediatePropagation(),f(e);let t=Date.now(),n=t-(l.left??0)<S?80:50;setTimeout(()=>w(e,t),n)}else f(e)}function w(o,e){document.querySelector(M)!==null&&Date.now()-e<400?setTimeout(()=>w(o,e),10):o.click()}function f(o){o.pathname!==location.pathname&&(l.turn={from:location.pathname,began:Date.now()})}function E(o){if(o.button!==0||L.some(n=>o[n]))return;let e=o.composedPath()[0].closest?.("a[href]"),t=e?.closest("[data-testid^='stTopNav'], [data-testid^='stSidebarNav']");return e&&t?e:void 0}var x=50;function y(o){let e=new WeakMap;return b(),t=>{let n=z(t),a=n.parentElement,s=e.get(a);return s?s.update(n):e.set(a,o(n)),()=>{a.host.isConnected||(e.get(a)?.close(),e.delete(a))}}}function z(o){let{parentElement:e}=o,t=location.pathname,n=a=>{let s=(i,d,m=0)=>{(v()||location.pathname!==t)&&m<1500?setTimeout(()=>s(i,d,m+x),x):e.host.isConnected&&a(i,d)};return(i,d)=>s(i,d)};return{data:o.data,parentElement:e,setStateValue:n(o.setStateValue),setTriggerValue:n(o.setTriggerValue)}}var T=`.zone {
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
`;var F=y(o=>new u(o)),u=class{constructor(e){this.component=e;let t=g(e.parentElement,"root uploader",h+T);this.input.type="file",this.input.tabIndex=-1,this.input.onchange=()=>this.start(this.input.files?.[0]),this.status.setAttribute("role","status");let n=r("div","words");n.append(this.label,this.hint),this.zone.append(n,p("browse","Choose file",()=>this.input.click()),this.input),t.append(this.zone,this.status),this.acceptDrops(),this.update(e)}component;input=r("input","hidden");zone=r("div","zone");label=r("span","label");hint=r("span","hint");status=r("div","status");request;update(e){this.component=e;let{label:t,types:n,max_bytes:a,hint:s}=e.data;this.label.textContent=t;let i=[n.join(", "),`up to ${c(a)}`,s].filter(Boolean);this.hint.textContent=`Drop a file here, or choose one: ${i.join(" \xB7 ")}`,this.input.accept=n.join(","),this.input.setAttribute("aria-label",t)}close(){this.cancel()}cancel(){this.request?.abort(),this.request=void 0}acceptDrops(){let e=(t,n)=>{t.preventDefault(),this.zone.classList.toggle("over",n)};this.zone.ondragover=t=>e(t,!0),this.zone.ondragleave=t=>e(t,!1),this.zone.ondrop=t=>{e(t,!1),this.start(t.dataTransfer?.files[0])}}start(e){if(this.input.value="",!e)return;this.cancel();let{max_bytes:t}=this.component.data;if(e.size>t){let n=`${c(e.size)}; the limit is ${c(t)}`;this.fail(`${e.name} has ${n}. Split it, or import it on the server with cli.py.`);return}this.send(e)}send(e){let t=new XMLHttpRequest;this.request=t;let n=new URL("../../upload",import.meta.url);n.searchParams.set("name",e.name);let a=this.progress(e);t.upload.onprogress=s=>a(s.loaded),t.onload=()=>this.answered(t),t.onerror=()=>this.fail("The connection to the server was lost. Choose the file again."),t.open("POST",n),t.setRequestHeader("Content-Type","application/octet-stream"),t.responseType="json",t.send(e)}answered(e){if(this.request=void 0,e.status!==200){let a=e.response?.error??`The server answered with status ${e.status}.`;this.fail(a);return}let t=e.response,n=r("div","done");n.append(r("span","tick","\u2713"),r("span","name",t.file_name),r("span","size",c(t.size)),p("quiet","Remove",()=>this.remove())),this.status.replaceChildren(n),this.component.setStateValue("upload",t)}remove(){this.status.replaceChildren(),this.component.setStateValue("upload",null)}progress(e){let t=r("div","done"),n=r("span","size","0 %"),a=p("quiet","Cancel",()=>{this.cancel(),this.status.replaceChildren()});t.append(r("span","name",e.name),n,a);let s=r("progress");return s.max=Math.max(e.size,1),s.value=0,s.setAttribute("aria-label",`Upload of ${e.name}`),this.status.replaceChildren(t,s),i=>{s.value=i;let d=Math.floor(100*i/s.max);n.textContent=`${d} % of ${c(e.size)}`}}fail(e){let t=r("p","error",e);t.setAttribute("role","alert"),this.status.replaceChildren(t)}};function c(o){let e=["bytes","KB","MB","GB"],t=o<1?0:Math.min(Math.floor(Math.log2(o)/10),e.length-1),n=o/1024**t;return`${n.toFixed(t===0||Number.isInteger(n)?0:1)} ${e[t]}`}export{F as default};
