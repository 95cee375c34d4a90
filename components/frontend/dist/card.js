var y=`.root {
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
`;function o(n,e="",t=""){let r=document.createElement(n);return e&&(r.className=e),t&&(r.textContent=t),r}function u(n,e,t){let r=o("button",n,e);return r.type="button",r.onclick=t,r}function x(n,e,t){let r=o("style");r.textContent=t;let i=o("div",e);return n.append(r,i),i}function f(n,e,t){let r=o("span",n,Object.hasOwn(t,e)?t[e]:e);return r.textContent!==e&&(r.title=e),r}function v(n,e,t,r="chip"){let i=o("span",r);return i.style.setProperty("--class-color",e),i.append(o("span","swatch"),f("chip-name",n,t)),i}var R=["running","rerunRequested"].map(n=>`[data-test-script-state="${n}"]`).join(),A=1e3,H=["ctrlKey","metaKey","shiftKey","altKey"],z=Symbol.for("labelwright.turns"),c=window[z]??={};function S(){let{turn:n}=c;return n&&(location.pathname!==n.from||Date.now()-n.began>1500)&&delete c.turn,c.turn!==void 0}function C(){c.watching||(c.watching=!0,window.addEventListener("click",F,{capture:!0}),window.addEventListener("focusout",()=>c.left=Date.now(),{capture:!0}))}function F(n){let e=I(n);if(e)if(n.isTrusted){n.preventDefault(),n.stopImmediatePropagation(),k(e);let t=Date.now(),r=t-(c.left??0)<A?80:50;setTimeout(()=>E(e,t),r)}else k(e)}function E(n,e){document.querySelector(R)!==null&&Date.now()-e<400?setTimeout(()=>E(n,e),10):n.click()}function k(n){n.pathname!==location.pathname&&(c.turn={from:location.pathname,began:Date.now()})}function I(n){if(n.button!==0||H.some(r=>n[r]))return;let e=n.composedPath()[0].closest?.("a[href]"),t=e?.closest("[data-testid^='stTopNav'], [data-testid^='stSidebarNav']");return e&&t?e:void 0}var T=50;function L(n){let e=new WeakMap;return C(),t=>{let r=P(t),i=r.parentElement,s=e.get(i);return s?s.update(r):e.set(i,n(r)),()=>{i.host.isConnected||(e.get(i)?.close(),e.delete(i))}}}function P(n){let{parentElement:e}=n,t=location.pathname,r=i=>{let s=(a,d,l=0)=>{(S()||location.pathname!==t)&&l<1500?setTimeout(()=>s(a,d,l+T),T):e.host.isConnected&&i(a,d)};return(a,d)=>s(a,d)};return{data:n.data,parentElement:e,setStateValue:r(n.setStateValue),setTriggerValue:r(n.setTriggerValue)}}var M=`.annotator {
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
  .columns:has(.guidelines:not([hidden])) {
    grid-template-columns: minmax(0, 1fr) 17rem;
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
.guidelines {
  align-self: start;
  padding: 0.75rem 1.1rem;
  border-radius: var(--radius);
  background: var(--raised);
  font-size: 0.85rem;
}
.guidelines h3 {
  margin: 0 0 0.35rem;
  font-size: 0.85rem;
  font-weight: 600;
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
`;var G="qweytiopadfghjklzxvbm";function w(n){return n<9?String(n+1):G[n-9]??""}var q={Enter:"accept",s:"skip",0:"skip",u:"undo","?":"help","/":"filter",n:"note",Escape:"leave"};function _(n,e){if(n.altKey||n.repeat||n.isComposing)return null;let t=U(n)??(n.key.length===1?n.key.toLowerCase():n.key);if(n.ctrlKey||n.metaKey)return t==="z"?{name:"undo"}:null;let r=q[t];if(r)return{name:r};let i=Array.from({length:e},(s,a)=>w(a)).indexOf(t);return i<0?null:{name:"label",code:i}}function U(n){return/^\d$/.test(n.key)?n.key:n.shiftKey?null:/^(?:Digit|Numpad)(\d)$/.exec(n.code)?.[1]??null}var V="input, textarea, select, button, a, summary, [contenteditable='true'], [role='dialog'], [role='combobox'], [role='option'], [role='tab'], [role='slider'], [role='grid'], [role='menu']";function N(n,e){if(n.composedPath().includes(e))return!1;let t=n.composedPath()[0];return t instanceof Element&&t.closest(V)!==null}var p=class{constructor(e,t,r){this.deliver=t;this.onChange=r;this.storageName=`labelwright:events:${e}`,this.entries=JSON.parse(sessionStorage.getItem(this.storageName)??"[]"),this.entries.length&&(this.sending=setTimeout(()=>this.send(),60))}deliver;onChange;overdue=!1;entries;storageName;lastSent=0;resendMs=2e3;sending;resending;get size(){return this.entries.length}get labelled(){return this.entries.reduce((e,t)=>e+t.labelled,0)}append(e,t,r,i,s,a=""){let d={event_id:j(),row_id:e.row_id,action:t,code:r,seconds:Math.round(i*1e3)/1e3,at:new Date().toISOString(),note:a,draw:e.draw};this.entries.push({event:d,labelled:s}),this.store(),this.sending??=setTimeout(()=>this.send(),Math.max(0,this.lastSent+60-Date.now()))}acknowledge(e){let t=new Set(e),r=this.size;this.entries=this.entries.filter(i=>!t.has(i.event.event_id)),this.size!==r&&(this.store(),this.resendMs=2e3,this.size===0&&(clearTimeout(this.resending),this.overdue=!1))}close(){clearTimeout(this.sending),clearTimeout(this.resending)}send(){this.sending=void 0,this.lastSent=Date.now(),clearTimeout(this.resending),this.resending=setTimeout(()=>this.resend(),this.resendMs),this.deliver(this.entries.map(e=>e.event))}resend(){this.size!==0&&(this.overdue=!0,this.resendMs=Math.min(this.resendMs*2,15e3),this.send(),this.onChange())}store(){this.size?sessionStorage.setItem(this.storageName,JSON.stringify(this.entries)):sessionStorage.removeItem(this.storageName)}};function j(){let n=crypto.getRandomValues(new Uint8Array(16));return n[6]=n[6]&15|64,n[8]=n[8]&63|128,Array.from(n,t=>t.toString(16).padStart(2,"0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/,"$1-$2-$3-$4-")}var m=class{cards=[];name="";returned=[];answered=new Set;answers=[];get current(){return this.cards[0]}get last(){return this.answers.at(-1)}get answeredHere(){return this.answers.length}supply(e,t){let r=t!==this.name;r&&(this.answered.clear(),this.returned=[]),this.name=t;let i=this.returned.length?this.returned:this.cards.slice(0,1),s=r?[]:i,a=new Set(s.map(l=>l.row_id)),d=e.filter(l=>!this.answered.has(l.row_id)&&!a.has(l.row_id));this.cards=[...s,...d]}answer(e,t){let r=this.cards.shift();r&&(this.answered.add(r.row_id),this.returned=this.returned.filter(i=>i.row_id!==r.row_id),this.answers.push({card:r,action:e,code:t}))}undo(){let e=this.answers.pop();if(e){this.answered.delete(e.card.row_id);let t=this.cards.filter(r=>r.row_id!==e.card.row_id);this.cards=[e.card,...t],this.returned=[e.card,...this.returned]}return e}};var B=2e3,J=[["1 \u2013 9","label with that class"],["Enter","accept the suggestion"],["S or 0","skip"],["U or Ctrl-Z","undo"],["N","write a note; Enter returns to the row"],["/","filter the classes"],["?","show or hide the keys"]],g=class{constructor(e,t){this.root=e;this.obeyCommand=t;this.card.tabIndex=0,this.card.setAttribute("aria-label","Row to annotate. Press ? for the keys."),this.choices.setAttribute("role","group"),this.choices.setAttribute("aria-label","Classes"),this.last.setAttribute("role","status"),this.filter.placeholder="Filter the classes",this.filter.setAttribute("aria-label","Filter the classes"),this.filter.oninput=()=>this.drawChoices(),this.note.placeholder="Note on this row: saved with your answer, Enter returns to the row",this.note.setAttribute("aria-label","Note on this row"),this.note.maxLength=B,this.note.hidden=!0,this.help.append(...J.flatMap(([s,a])=>[W(s),o("dd","",a)])),this.help.hidden=!0,this.card.append(this.body,this.note,this.filter,this.choices,this.actions());let r=o("div","columns"),i=o("div","main");i.append(this.progress,this.card,this.last,this.help),r.append(i,this.guidelines),e.append(r),requestAnimationFrame(()=>this.takeFocus())}root;obeyCommand;progress=o("div","progress");card=o("section","card");body=o("div","body");choices=o("div","choices");filter=o("input","filter");note=o("input","filter note");last=o("div","last");help=o("dl","help");guidelines=o("aside","guidelines");classes=[];short={};shownRow;draw(e,t,r){this.drawProgress(e,t,r),this.drawBody(t.current,e,r),JSON.stringify(this.classes)!==JSON.stringify(e.classes)&&(this.classes=e.classes,this.short=e.short,this.choices.classList.toggle("wide",Object.keys(e.short).length>0),this.drawChoices()),this.filter.hidden=e.classes.length<=9,this.drawLast(t,e),this.guidelines.hidden=!e.guidelines,this.guidelines.replaceChildren(o("h3","","Guidelines"),o("div","guideline-text",e.guidelines))}takeNote(){let e=this.note.value.trim();return this.note.value="",this.note.hidden=!0,e}obey(e){e==="note"&&(this.note.hidden=!1,this.note.focus()),e==="filter"&&!this.filter.hidden&&this.filter.focus(),e==="help"&&(this.help.hidden=!this.help.hidden),e==="leave"&&(this.help.hidden=!0,this.clearFilter(),this.note.hidden=!this.note.value,this.card.focus())}keepsForItself(e,t){let r=e.composedPath()[0];return r===this.note?(e.key==="Enter"&&this.obey("leave"),t.name!=="leave"):r===this.filter?e.key==="Enter"?(this.choices.querySelector("button")?.click(),!0):t.name!=="leave":r instanceof HTMLButtonElement&&e.key==="Enter"}actions(){let e=o("div","actions"),t=(i,s,a)=>{let d=u("action","",()=>this.press(a));return d.append(o("kbd","",i),s),d},r=u("action","",()=>this.obey("note"));return r.append(o("kbd","","N"),"Note"),e.append(t("S","Skip",{name:"skip"}),t("U","Undo",{name:"undo"}),r,t("?","Keys",{name:"help"})),e}press(e){this.obeyCommand(e),this.card.focus({preventScroll:!0})}drawProgress(e,t,r){let i=e.labelled+r.labelled,s=o("span","count"),a=e.total?` of ${e.total.toLocaleString("en")}`:"";s.append(o("strong","",i.toLocaleString("en")),`${a} rows labelled`);let d=t.answeredHere?`${t.answeredHere} in this sitting`:"",l=r.overdue?o("span","unsaved",`${r.size} not saved yet, trying again`):o("span","",d),h=o("div","bar"),D=e.total?Math.min(1,i/e.total):0;h.style.setProperty("--share",`${100*D}%`),h.hidden=!e.total,this.progress.replaceChildren(s,l,h)}drawBody(e,t,r){if(this.card.classList.toggle("over",!e),!e){let a=r.size>0;this.body.replaceChildren(o("p","done-title",a?"Fetching the next rows \u2026":"All done"),o("p","done-text",a?"":"No row is waiting in this queue. U takes back the last answer.")),this.shownRow=void 0;return}let i=o("div","head");i.append(o("span","row-id",`Row ${e.row_id}`),o("span","reason",e.reason));let s=o("div","text",e.text);this.body.replaceChildren(i,s,...Q(e),...this.suggestionOf(e,t)),e.row_id!==this.shownRow&&(s.scrollTop=0),this.shownRow=e.row_id}suggestionOf(e,t){let r=e.suggestion===null?void 0:t.classes[e.suggestion];if(!r)return[];let i=u("suggestion","",()=>this.press({name:"accept"}));if(i.append(o("kbd","","Enter"),"accepts ",v(r.name,r.color,t.short)),e.suggestion_confidence!==null){let s=`${(100*e.suggestion_confidence).toFixed(1)} %`;i.append(o("span","confidence",s))}return[i]}drawChoices(){let e=this.filter.value.trim().toLowerCase(),t=this.classes.flatMap((r,i)=>{if(!r.name.toLowerCase().includes(e))return[];let s=u("choice","",()=>{this.clearFilter(),this.press({name:"label",code:i})});s.style.setProperty("--class-color",r.color);let a=w(i);return a&&s.append(o("kbd","",a.toUpperCase())),s.append(o("span","swatch"),f("choice-name",r.name,this.short)),[s]});this.choices.replaceChildren(...t)}clearFilter(){this.filter.value="",this.drawChoices()}drawLast(e,{classes:t,short:r}){let{last:i}=e;if(this.last.replaceChildren(),!i)return;let s=i.code===null?void 0:t[i.code],a=s?v(s.name,s.color,r):o("span","","skipped");this.last.append(o("span","",`Row ${i.card.row_id}`),a)}takeFocus(){let e=document.activeElement;(!e||e===document.body||e.matches('[data-testid="stMain"]'))&&this.root.isConnected&&this.card.focus({preventScroll:!0})}};function Q(n){if(!n.fields.length)return[];let e=o("dl","fields");for(let[t,r]of n.fields)e.append(o("dt","",t),o("dd","",r));return[e]}function W(n){let e=o("dt");return e.append(o("kbd","",n)),e}var ve=L(n=>new b(n)),b=class{constructor(e){this.component=e;this.root=x(e.parentElement,"root annotator",y+M),this.view=new g(this.root,t=>this.obey(t)),this.logName=e.data.log,this.log=this.openLog(),window.addEventListener("keydown",this.onKey,{capture:!0}),this.update(e)}component;root;queue=new m;view;log;logName;shown={row:void 0,since:0};update(e){this.component=e;let{data:t}=e;t.log!==this.logName&&(this.log.close(),this.logName=t.log,this.log=this.openLog()),this.log.acknowledge(t.acknowledged),this.queue.supply(t.cards,t.queue),this.draw()}close(){this.log.close(),window.removeEventListener("keydown",this.onKey,{capture:!0})}openLog(){let e=t=>this.component.setStateValue("events",t);return new p(this.logName,e,()=>this.draw())}onKey=e=>{if(N(e,this.root))return;let t=_(e,this.component.data.classes.length);!t||this.view.keepsForItself(e,t)||(e.preventDefault(),e.stopImmediatePropagation(),this.obey(t))};obey(e){let t=this.queue.current;switch(e.name){case"label":this.answer("label",e.code);break;case"accept":t&&t.suggestion!==null&&this.answer("label",t.suggestion);break;case"skip":this.answer("skip",null);break;case"undo":this.undo();break;default:this.view.obey(e.name)}}answer(e,t){let r=this.queue.current;if(!r)return;let i=e==="label"?1:0;this.log.append(r,e,t,this.secondsShown(),i,this.view.takeNote()),this.queue.answer(e,t),this.draw()}undo(){let e=this.queue.undo();if(!e)return;let t=e.action==="label"?-1:0;this.log.append(e.card,"clear",null,this.secondsShown(),t),this.draw()}secondsShown(){return(performance.now()-this.shown.since)/1e3}draw(){let e=this.queue.current?.row_id;e!==this.shown.row&&(this.shown={row:e,since:performance.now()}),this.view.draw(this.component.data,this.queue,this.log)}};export{ve as default};
