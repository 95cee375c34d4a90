var c=`.root {
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
`;function o(n,t="",e=""){let r=document.createElement(n);return t&&(r.className=t),e&&(r.textContent=e),r}function l(n,t,e){let r=o("button",n,t);return r.type="button",r.onclick=e,r}function u(n,t,e){let r=o("style");r.textContent=e;let a=o("div",t);return n.append(r,a),a}function m(n){let t=new WeakMap;return e=>{let r=e.parentElement,a=t.get(r);return a?a.update(e):t.set(r,n(e)),()=>{r.host.isConnected||(t.get(r)?.close(),t.delete(r))}}}var h=`.zone {
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
`;var D=m(n=>new p(n)),p=class{constructor(t){this.component=t;let e=u(t.parentElement,"root uploader",c+h);this.input.type="file",this.input.tabIndex=-1,this.input.onchange=()=>this.start(this.input.files?.[0]),this.status.setAttribute("role","status");let r=o("div","words");r.append(this.label,this.hint),this.zone.append(r,l("browse","Choose file",()=>this.input.click()),this.input),e.append(this.zone,this.status),this.acceptDrops(),this.update(t)}component;input=o("input","hidden");zone=o("div","zone");label=o("span","label");hint=o("span","hint");status=o("div","status");request;update(t){this.component=t;let{label:e,types:r,max_bytes:a,hint:s}=t.data;this.label.textContent=e;let d=[r.join(", "),`up to ${i(a)}`,s].filter(Boolean);this.hint.textContent=`Drop a file here, or choose one: ${d.join(" \xB7 ")}`,this.input.accept=r.join(","),this.input.setAttribute("aria-label",e)}close(){this.cancel()}cancel(){this.request?.abort(),this.request=void 0}acceptDrops(){let t=(e,r)=>{e.preventDefault(),this.zone.classList.toggle("over",r)};this.zone.ondragover=e=>t(e,!0),this.zone.ondragleave=e=>t(e,!1),this.zone.ondrop=e=>{t(e,!1),this.start(e.dataTransfer?.files[0])}}start(t){if(this.input.value="",!t)return;this.cancel();let{max_bytes:e}=this.component.data;if(t.size>e){let r=`${i(t.size)}; the limit is ${i(e)}`;this.fail(`${t.name} has ${r}. Split it, or import it on the server with cli.py.`);return}this.send(t)}send(t){let e=new XMLHttpRequest;this.request=e;let r=new URL("../../upload",import.meta.url);r.searchParams.set("name",t.name);let a=this.progress(t);e.upload.onprogress=s=>a(s.loaded),e.onload=()=>this.answered(e),e.onerror=()=>this.fail("The connection to the server was lost. Choose the file again."),e.open("POST",r),e.setRequestHeader("Content-Type","application/octet-stream"),e.responseType="json",e.send(t)}answered(t){if(this.request=void 0,t.status!==200){let a=t.response?.error??`The server answered with status ${t.status}.`;this.fail(a);return}let e=t.response,r=o("div","done");r.append(o("span","tick","\u2713"),o("span","name",e.file_name),o("span","size",i(e.size)),l("quiet","Remove",()=>this.remove())),this.status.replaceChildren(r),this.component.setStateValue("upload",e)}remove(){this.status.replaceChildren(),this.component.setStateValue("upload",null)}progress(t){let e=o("div","done"),r=o("span","size","0 %"),a=l("quiet","Cancel",()=>{this.cancel(),this.status.replaceChildren()});e.append(o("span","name",t.name),r,a);let s=o("progress");return s.max=Math.max(t.size,1),s.value=0,s.setAttribute("aria-label",`Upload of ${t.name}`),this.status.replaceChildren(e,s),d=>{s.value=d;let v=Math.floor(100*d/s.max);r.textContent=`${v} % of ${i(t.size)}`}}fail(t){let e=o("p","error",t);e.setAttribute("role","alert"),this.status.replaceChildren(e)}};function i(n){let t=["bytes","KB","MB","GB"],e=n<1?0:Math.min(Math.floor(Math.log2(n)/10),t.length-1),r=n/1024**e;return`${r.toFixed(e===0||Number.isInteger(r)?0:1)} ${t[e]}`}export{D as default};
