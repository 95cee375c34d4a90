var E=`.root {
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
`;function o(r,e="",t=""){let n=document.createElement(r);return e&&(n.className=e),t&&(n.textContent=t),n}function u(r,e,t){let n=o("button",r,e);return n.type="button",n.onclick=t,n}function C(r,e,t){let n=o("style");n.textContent=t;let i=o("div",e);return r.append(n,i),i}function y(r,e,t){let n=o("span",r,Object.hasOwn(t,e)?t[e]:e);return n.textContent!==e&&(n.title=e),n}function p(r,e,t,n="chip"){let i=o("span",n);return i.style.setProperty("--class-color",e),i.append(o("span","swatch"),y("chip-name",r,t)),i}var F=["running","rerunRequested"].map(r=>`[data-test-script-state="${r}"]`).join(),K=1e3,P=["ctrlKey","metaKey","shiftKey","altKey"],$=Symbol.for("labelwright.turns"),c=window[$]??={};function N(){let{turn:r}=c;return r&&(location.pathname!==r.from||Date.now()-r.began>1500)&&delete c.turn,c.turn!==void 0}function L(){c.watching||(c.watching=!0,window.addEventListener("click",q,{capture:!0}),window.addEventListener("focusout",()=>c.left=Date.now(),{capture:!0}))}function q(r){let e=U(r);if(e)if(r.isTrusted){r.preventDefault(),r.stopImmediatePropagation(),T(e);let t=Date.now(),n=t-(c.left??0)<K?80:50;setTimeout(()=>M(e,t),n)}else T(e)}function M(r,e){document.querySelector(F)!==null&&Date.now()-e<400?setTimeout(()=>M(r,e),10):r.click()}function T(r){r.pathname!==location.pathname&&(c.turn={from:location.pathname,began:Date.now()})}function U(r){if(r.button!==0||P.some(n=>r[n]))return;let e=r.composedPath()[0].closest?.("a[href]"),t=e?.closest("[data-testid^='stTopNav'], [data-testid^='stSidebarNav']");return e&&t?e:void 0}var _=50;function D(r){let e=new WeakMap;return L(),t=>{let n=V(t),i=n.parentElement,s=e.get(i);return s?s.update(n):e.set(i,r(n)),()=>{i.host.isConnected||(e.get(i)?.close(),e.delete(i))}}}function V(r){let{parentElement:e}=r,t=location.pathname,n=i=>{let s=(a,d,l=0)=>{(N()||location.pathname!==t)&&l<1500?setTimeout(()=>s(a,d,l+_),_):e.host.isConnected&&i(a,d)};return(a,d)=>s(a,d)};return{data:r.data,parentElement:e,setStateValue:n(r.setStateValue),setTriggerValue:n(r.setTriggerValue)}}var O=`.annotator {
  container-type: inline-size;
}
.annotator [hidden] {
  display: none !important;
}
.columns {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: 1.25rem;
}
.main {
  min-width: 0;
}
@container (min-width: 52rem) {
  .columns.guided {
    grid-template-columns: minmax(0, 1fr) 18rem;
  }
}
.progress {
  display: flex;
  flex-wrap: wrap;
  justify-content: space-between;
  gap: 0 1rem;
  margin-bottom: 0.6rem;
  color: var(--muted);
  font-size: 0.85rem;
  font-variant-numeric: tabular-nums;
}
.progress strong {
  color: var(--ink);
  font-weight: 600;
}
.bar {
  flex: 0 0 100%;
  height: 3px;
  margin-top: 0.35rem;
  border-radius: 2px;
  background: linear-gradient(var(--st-primary-color), var(--st-primary-color)) 0 / var(--share) 100%
    no-repeat var(--line);
}
.unsaved {
  color: var(--st-orange-text-color);
}
.card {
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: var(--st-background-color);
}
.card:focus-visible {
  outline-width: 1px;
  outline-offset: 0;
}
.body {
  padding: 0.85rem 1.1rem 0.9rem;
}
.head {
  display: flex;
  justify-content: space-between;
  gap: 1rem;
  color: var(--muted);
  font-size: 0.8rem;
}
.row-id {
  flex: none;
  font-variant-numeric: tabular-nums;
}
.reason {
  text-align: right;
}
.text {
  min-height: 6.5rem;
  max-height: 24rem;
  overflow-y: auto;
  margin: 0.5rem 0 0.75rem;
  font-size: 1.1rem;
  line-height: 1.6;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
.fields {
  display: grid;
  grid-template-columns: max-content 1fr;
  gap: 0.1rem 1rem;
  margin: 0 0 0.75rem;
  font-size: 0.85rem;
}
.fields dt {
  color: var(--muted);
}
.fields dd,
.help dd {
  margin: 0;
  overflow-wrap: anywhere;
}
.suggestion {
  display: inline-flex;
  align-items: center;
  gap: 0.5rem;
  max-width: 100%;
  padding: 0.15rem 0;
  border: none;
  background: none;
  color: var(--muted);
  font-size: 0.85rem;
}
.suggestion .chip {
  color: var(--ink);
}
.confidence {
  font-variant-numeric: tabular-nums;
}
.choices {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(11rem, 100%), 1fr));
  gap: 0.4rem;
  padding: 0.75rem 1.1rem;
  border-top: 1px solid var(--line);
}
.choices.wide {
  grid-template-columns: repeat(auto-fill, minmax(min(18rem, 100%), 1fr));
}
.choice {
  display: flex;
  align-items: center;
  gap: 0.5rem;
  min-width: 0;
  min-height: 2.4rem;
  padding: 0.25rem 0.6rem;
  border: 1px solid var(--line);
  border-radius: var(--st-button-radius);
  background: color-mix(in srgb, var(--class-color) 7%, transparent);
  text-align: left;
}
.choice:hover,
.choice:active {
  border-color: var(--class-color);
  background: color-mix(in srgb, var(--class-color) 18%, transparent);
}
.choice .swatch {
  width: 0.75em;
  height: 0.75em;
}
.choice-name {
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}
.filter {
  display: block;
  width: calc(100% - 2.2rem);
  margin: 0 1.1rem 0.75rem;
  padding: 0.3rem 0.6rem;
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: var(--st-background-color);
  color: inherit;
  font: inherit;
  font-size: 0.85rem;
}
.filter + .choices {
  border-top: 1px solid var(--line);
}
.actions {
  display: flex;
  flex-wrap: wrap;
  gap: 0.25rem 0.5rem;
  padding: 0 0.85rem 0.6rem;
}
.action {
  display: inline-flex;
  align-items: center;
  gap: 0.4rem;
  padding: 0.2rem 0.4rem;
  border: none;
  border-radius: var(--st-button-radius);
  background: none;
  color: var(--muted);
  font-size: 0.85rem;
}
.action:hover {
  color: var(--ink);
  background: var(--raised);
}
.last {
  display: flex;
  align-items: center;
  gap: 0.5rem;
  min-height: 1.6rem;
  margin-top: 0.5rem;
  color: var(--muted);
  font-size: 0.85rem;
}
.last .chip {
  color: var(--ink);
}
.help {
  display: grid;
  grid-template-columns: max-content 1fr;
  gap: 0.35rem 1rem;
  margin: 0.5rem 0 0;
  padding: 0.75rem 1.1rem;
  border: 1px solid var(--line);
  border-radius: var(--radius);
  font-size: 0.85rem;
}
.guidance {
  align-self: start;
  border-radius: var(--radius);
  background: var(--raised);
  font-size: 0.85rem;
}
.guidance-toggle {
  display: flex;
  align-items: center;
  gap: 0.5rem;
  width: 100%;
  padding: 0.5rem 1.1rem;
  border: none;
  border-radius: var(--radius);
  background: none;
  font-weight: 600;
  text-align: left;
}
.guidance-toggle kbd {
  margin-left: auto;
  font-weight: 400;
}
.arrow::before {
  content: "\u25B8";
  display: inline-block;
  color: var(--muted);
}
[aria-expanded="true"] > .arrow::before {
  transform: rotate(90deg);
}
.guidance-content {
  padding: 0 1.1rem 0.75rem;
}
.guidance h3 {
  margin: 0.75rem 0 0.35rem;
  color: var(--muted);
  font-size: 0.8rem;
  font-weight: 600;
}
.guidance h3:first-child {
  margin-top: 0;
}
.nothing {
  color: var(--muted);
}
.examples {
  margin: 0.2rem 0 0.6rem;
  padding: 0;
  list-style: none;
}
.examples li {
  padding: 0.15rem 0 0.15rem 0.6rem;
  border-left: 2px solid var(--line);
  overflow-wrap: anywhere;
}
.examples li + li {
  margin-top: 0.25rem;
}
.guideline-text,
.guidance-examples {
  max-height: 17rem;
  overflow-y: auto;
}
.guideline-text {
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
.over .body {
  padding: 2.5rem 1.1rem;
  text-align: center;
}
.over .choices,
.over .filter,
.over .note {
  display: none;
}
.done-title {
  margin: 0;
  font-size: 1.1rem;
  font-weight: 600;
}
.done-text {
  margin: 0.25rem 0 0;
  color: var(--muted);
}
`;var W="qweytiopadfhjklzxvbm";function x(r){return r<9?String(r+1):W[r-9]??""}var B={Enter:"accept",s:"skip",0:"skip",u:"undo","?":"help","/":"filter",n:"note",g:"guidance",Escape:"leave"};function A(r,e){if(r.altKey||r.repeat||r.isComposing)return null;let t=Q(r)??(r.key.length===1?r.key.toLowerCase():r.key);if(r.ctrlKey||r.metaKey)return t==="z"?{name:"undo"}:null;let n=B[t];if(n)return{name:n};let i=Array.from({length:e},(s,a)=>x(a)).indexOf(t);return i<0?null:{name:"label",code:i}}function Q(r){return/^\d$/.test(r.key)?r.key:r.shiftKey?null:/^(?:Digit|Numpad)(\d)$/.exec(r.code)?.[1]??null}var X="input, textarea, select, button, a, summary, [contenteditable='true'], [role='dialog'], [role='combobox'], [role='option'], [role='tab'], [role='slider'], [role='grid'], [role='menu']";function R(r,e){if(r.composedPath().includes(e))return!1;let t=r.composedPath()[0];return t instanceof Element&&t.closest(X)!==null}var g=class{constructor(e,t,n){this.deliver=t;this.onChange=n;this.storageName=`labelwright:events:${e}`,this.entries=JSON.parse(sessionStorage.getItem(this.storageName)??"[]"),this.entries.length&&(this.sending=setTimeout(()=>this.send(),60))}deliver;onChange;overdue=!1;entries;storageName;lastSent=0;resendMs=2e3;sending;resending;get size(){return this.entries.length}get labelled(){return this.entries.reduce((e,t)=>e+t.labelled,0)}append(e,t,n,i,s,a=""){let d={event_id:Z(),row_id:e.row_id,action:t,code:n,seconds:Math.round(i*1e3)/1e3,at:new Date().toISOString(),note:a,draw:e.draw};this.entries.push({event:d,labelled:s}),this.store(),this.sending??=setTimeout(()=>this.send(),Math.max(0,this.lastSent+60-Date.now()))}acknowledge(e){let t=new Set(e),n=this.size;this.entries=this.entries.filter(i=>!t.has(i.event.event_id)),this.size!==n&&(this.store(),this.resendMs=2e3,this.size===0&&(clearTimeout(this.resending),this.overdue=!1))}close(){clearTimeout(this.sending),clearTimeout(this.resending)}send(){this.sending=void 0,this.lastSent=Date.now(),clearTimeout(this.resending),this.resending=setTimeout(()=>this.resend(),this.resendMs),this.deliver(this.entries.map(e=>e.event))}resend(){this.size!==0&&(this.overdue=!0,this.resendMs=Math.min(this.resendMs*2,15e3),this.send(),this.onChange())}store(){this.size?sessionStorage.setItem(this.storageName,JSON.stringify(this.entries)):sessionStorage.removeItem(this.storageName)}};function Z(){let r=crypto.getRandomValues(new Uint8Array(16));return r[6]=r[6]&15|64,r[8]=r[8]&63|128,Array.from(r,t=>t.toString(16).padStart(2,"0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/,"$1-$2-$3-$4-")}var f=class{cards=[];name="";returned=[];answered=new Set;answers=[];get current(){return this.cards[0]}get last(){return this.answers.at(-1)}supply(e,t){let n=t!==this.name;n&&(this.answered.clear(),this.returned=[]),this.name=t;let i=this.returned.length?this.returned:this.cards.slice(0,1),s=n?[]:i,a=new Set(s.map(l=>l.row_id)),d=e.filter(l=>!this.answered.has(l.row_id)&&!a.has(l.row_id));this.cards=[...s,...d]}answer(e,t){let n=this.cards.shift();n&&(this.answered.add(n.row_id),this.returned=this.returned.filter(i=>i.row_id!==n.row_id),this.answers.push({card:n,action:e,code:t}))}undo(){let e=this.answers.pop();if(e){this.answered.delete(e.card.row_id);let t=this.cards.filter(n=>n.row_id!==e.card.row_id);this.cards=[e.card,...t],this.returned=[e.card,...this.returned]}return e}};var m=class{answered;storageName;constructor(e){this.storageName=`labelwright:sitting:${e}`,this.answered=Number(sessionStorage.getItem(this.storageName)??0)}count(e){this.answered=Math.max(0,this.answered+e),sessionStorage.setItem(this.storageName,String(this.answered))}};var I="labelwright:guidance",Y="There are none yet. Whoever manages the project writes them on Data, under Classes and guidelines.",ee="There are none yet. Examples are rows whose class was imported, or settled in Review.",v=class{constructor(e){this.onTurn=e;this.toggle.append(o("span","arrow"),"Guidelines and examples",o("kbd","","G")),this.content.id="guidance",this.toggle.setAttribute("aria-controls",this.content.id),this.root.setAttribute("aria-label","Guidelines and examples"),this.root.append(this.toggle,this.content)}onTurn;root=o("aside","guidance");toggle=u("guidance-toggle","",()=>this.turn());content=o("div","guidance-content");shown="";draw({guidelines:e,examples:t,classes:n,short:i}){let s=JSON.stringify([e,t,n,i]);if(s===this.shown)return;let a=this.shown==="";this.shown=s;let d=z("guidance-examples");n.forEach((h,b)=>{let k=t.filter(H=>H.code===b);k.length&&d.append(p(h.name,h.color,i),te(k))});let l=e?z("guideline-text",e):o("div","nothing",Y);this.content.replaceChildren(o("h3","","Guidelines"),l,o("h3","","Examples"),t.length?d:o("div","nothing",ee)),a&&this.open(this.kept()??(e!==""||t.length>0))}turn(){let e=this.content.hidden!==!1;localStorage.setItem(I,e?"open":"closed"),this.open(e)}open(e){this.content.hidden=!e,this.toggle.setAttribute("aria-expanded",String(e)),this.onTurn(e)}kept(){let e=localStorage.getItem(I);return e===null?void 0:e==="open"}};function z(r,e=""){let t=o("div",r,e);return t.tabIndex=0,t}function te(r){let e=o("ul","examples");for(let t of r){let n=o("li","",t.text);n.title=`Row ${t.row_id}`,e.append(n)}return e}var ne=2e3,re=[["1 \u2013 9","label with that class"],["Enter","accept the suggestion"],["S or 0","skip"],["U or Ctrl-Z","undo"],["N","write a note; Enter returns to the row"],["G","show or hide guidelines and examples"],["/","filter the classes"],["?","show or hide the keys"]],w=class{constructor(e,t){this.root=e;this.obeyCommand=t;this.card.tabIndex=0,this.card.setAttribute("aria-label","Row to annotate. Press ? for the keys."),this.choices.setAttribute("role","group"),this.choices.setAttribute("aria-label","Classes"),this.last.setAttribute("role","status"),this.filter.placeholder="Filter the classes",this.filter.setAttribute("aria-label","Filter the classes"),this.filter.oninput=()=>this.drawChoices(),this.note.placeholder="Note on this row: saved with your answer, Enter returns to the row",this.note.setAttribute("aria-label","Note on this row"),this.note.maxLength=ne,this.note.hidden=!0,this.help.append(...re.flatMap(([s,a])=>[oe(s),o("dd","",a)])),this.help.hidden=!0,this.card.append(this.body,this.note,this.filter,this.choices,this.actions());let n=o("div","columns"),i=o("div","main");i.append(this.progress,this.card,this.last,this.help),this.guidance=new v(s=>n.classList.toggle("guided",s)),n.append(i,this.guidance.root),e.append(n),requestAnimationFrame(()=>this.takeFocus())}root;obeyCommand;progress=o("div","progress");card=o("section","card");body=o("div","body");choices=o("div","choices");filter=o("input","filter");note=o("input","filter note");last=o("div","last");help=o("dl","help");guidance;classes=[];short={};shownRow;draw(e,t,n,i){this.drawProgress(e,n,i),this.drawBody(t.current,e,n),JSON.stringify(this.classes)!==JSON.stringify(e.classes)&&(this.classes=e.classes,this.short=e.short,this.choices.classList.toggle("wide",Object.keys(e.short).length>0),this.drawChoices()),this.filter.hidden=e.classes.length<=9,this.drawLast(t,e),this.guidance.draw(e)}takeNote(){let e=this.note.value.trim();return this.note.value="",this.note.hidden=!0,e}obey(e){e==="guidance"&&this.guidance.turn(),e==="note"&&(this.note.hidden=!1,this.note.focus()),e==="filter"&&!this.filter.hidden&&this.filter.focus(),e==="help"&&(this.help.hidden=!this.help.hidden),e==="leave"&&(this.help.hidden=!0,this.clearFilter(),this.note.hidden=!this.note.value,this.card.focus())}keepsForItself(e,t){let n=e.composedPath()[0];return n===this.note?(e.key==="Enter"&&this.obey("leave"),t.name!=="leave"):n===this.filter?e.key==="Enter"?(this.choices.querySelector("button")?.click(),!0):t.name!=="leave":n instanceof HTMLButtonElement&&e.key==="Enter"}actions(){let e=o("div","actions"),t=(i,s,a)=>{let d=u("action","",()=>this.press(a));return d.append(o("kbd","",i),s),d},n=u("action","",()=>this.obey("note"));return n.append(o("kbd","","N"),"Note"),e.append(t("S","Skip",{name:"skip"}),t("U","Undo",{name:"undo"}),n,t("?","Keys",{name:"help"})),e}press(e){this.obeyCommand(e),this.card.focus({preventScroll:!0})}drawProgress(e,t,n){let i=e.labelled+t.labelled,s=o("span","count"),a=e.total?` of ${e.total.toLocaleString("en")}`:"";s.append(o("strong","",i.toLocaleString("en")),`${a} rows labelled`);let d=n.answered?`${n.answered.toLocaleString("en")} in this sitting`:"",l=t.overdue?o("span","unsaved",`${t.size} not saved yet, trying again`):o("span","",d),h=o("div","bar"),b=e.total?Math.min(1,i/e.total):0;h.style.setProperty("--share",`${100*b}%`),h.hidden=!e.total,this.progress.replaceChildren(s,l,h)}drawBody(e,t,n){if(this.card.classList.toggle("over",!e),!e){let a=n.size>0;this.body.replaceChildren(o("p","done-title",a?"Fetching the next rows \u2026":"All done"),o("p","done-text",a?"":"No row is waiting in this queue. U takes back the last answer.")),this.shownRow=void 0;return}let i=o("div","head");i.append(o("span","row-id",`Row ${e.row_id}`),o("span","reason",e.reason));let s=o("div","text",e.text);this.body.replaceChildren(i,s,...ie(e),...this.suggestionOf(e,t)),e.row_id!==this.shownRow&&(s.scrollTop=0),this.shownRow=e.row_id}suggestionOf(e,t){let n=e.suggestion===null?void 0:t.classes[e.suggestion];if(!n)return[];let i=u("suggestion","",()=>this.press({name:"accept"}));if(i.append(o("kbd","","Enter"),"accepts ",p(n.name,n.color,t.short)),e.suggestion_confidence!==null){let s=`${(100*e.suggestion_confidence).toFixed(1)} %`;i.append(o("span","confidence",s))}return[i]}drawChoices(){let e=this.filter.value.trim().toLowerCase(),t=this.classes.flatMap((n,i)=>{if(!n.name.toLowerCase().includes(e))return[];let s=u("choice","",()=>{this.clearFilter(),this.press({name:"label",code:i})});s.style.setProperty("--class-color",n.color);let a=x(i);return a&&s.append(o("kbd","",a.toUpperCase())),s.append(o("span","swatch"),y("choice-name",n.name,this.short)),[s]});this.choices.replaceChildren(...t)}clearFilter(){this.filter.value="",this.drawChoices()}drawLast(e,{classes:t,short:n}){let{last:i}=e;if(this.last.replaceChildren(),!i)return;let s=i.code===null?void 0:t[i.code],a=s?p(s.name,s.color,n):o("span","","skipped");this.last.append(o("span","",`Row ${i.card.row_id}`),a)}takeFocus(){let e=document.activeElement;(!e||e===document.body||e.matches('[data-testid="stMain"]'))&&this.root.isConnected&&this.card.focus({preventScroll:!0})}};function ie(r){if(!r.fields.length)return[];let e=o("dl","fields");for(let[t,n]of r.fields)e.append(o("dt","",t),o("dd","",n));return[e]}function oe(r){let e=o("dt");return e.append(o("kbd","",r)),e}var De=D(r=>new S(r)),S=class{constructor(e){this.component=e;this.root=C(e.parentElement,"root annotator",E+O),this.view=new w(this.root,t=>this.obey(t)),this.logName=e.data.log,this.log=this.openLog(),this.sitting=new m(this.logName),window.addEventListener("keydown",this.onKey,{capture:!0}),this.update(e)}component;root;queue=new f;view;log;sitting;logName;shown={row:void 0,since:0};update(e){this.component=e;let{data:t}=e;t.log!==this.logName&&(this.log.close(),this.logName=t.log,this.log=this.openLog(),this.sitting=new m(this.logName)),this.log.acknowledge(t.acknowledged),this.queue.supply(t.cards,t.queue),this.draw()}close(){this.log.close(),window.removeEventListener("keydown",this.onKey,{capture:!0})}openLog(){let e=t=>this.component.setStateValue("events",t);return new g(this.logName,e,()=>this.draw())}onKey=e=>{if(R(e,this.root))return;let t=A(e,this.component.data.classes.length);!t||this.view.keepsForItself(e,t)||(e.preventDefault(),e.stopImmediatePropagation(),this.obey(t))};obey(e){let t=this.queue.current;switch(e.name){case"label":this.answer("label",e.code);break;case"accept":t&&t.suggestion!==null&&this.answer("label",t.suggestion);break;case"skip":this.answer("skip",null);break;case"undo":this.undo();break;default:this.view.obey(e.name)}}answer(e,t){let n=this.queue.current;if(!n)return;let i=e==="label"?1:0;this.log.append(n,e,t,this.secondsShown(),i,this.view.takeNote()),this.queue.answer(e,t),this.sitting.count(1),this.draw()}undo(){let e=this.queue.undo();if(!e)return;let t=e.action==="label"?-1:0;this.log.append(e.card,"clear",null,this.secondsShown(),t),this.sitting.count(-1),this.draw()}secondsShown(){return(performance.now()-this.shown.since)/1e3}draw(){let e=this.queue.current?.row_id;e!==this.shown.row&&(this.shown={row:e,since:performance.now()}),this.view.draw(this.component.data,this.queue,this.log,this.sitting)}};export{De as default};
