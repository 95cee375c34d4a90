var T=`.root {
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
`;function i(n,e="",t=""){let r=document.createElement(n);return e&&(r.className=e),t&&(r.textContent=t),r}function p(n,e,t){let r=i("button",n,e);return r.type="button",r.onclick=t,r}function L(n,e,t){let r=i("style");r.textContent=t;let o=i("div",e);return n.append(r,o),o}function g(n,e,t){let r=i("span",n,Object.hasOwn(t,e)?t[e]:e);return r.textContent!==e&&(r.title=e),r}function u(n,e,t,r="chip"){let o=i("span",r);return o.style.setProperty("--class-color",e),o.append(i("span","swatch"),g("chip-name",n,t)),o}var q=["running","rerunRequested"].map(n=>`[data-test-script-state="${n}"]`).join(),U=1e3,j=["ctrlKey","metaKey","shiftKey","altKey"],J=Symbol.for("labelwright.turns"),m=window[J]??={};function M(){let{turn:n}=m;return n&&(location.pathname!==n.from||Date.now()-n.began>1500)&&delete m.turn,m.turn!==void 0}function N(){m.watching||(m.watching=!0,window.addEventListener("click",W,{capture:!0}),window.addEventListener("focusout",()=>m.left=Date.now(),{capture:!0}))}function W(n){let e=B(n);if(e)if(n.isTrusted){n.preventDefault(),n.stopImmediatePropagation(),_(e);let t=Date.now(),r=t-(m.left??0)<U?80:50;setTimeout(()=>R(e,t),r)}else _(e)}function R(n,e){document.querySelector(q)!==null&&Date.now()-e<400?setTimeout(()=>R(n,e),10):n.click()}function _(n){n.pathname!==location.pathname&&(m.turn={from:location.pathname,began:Date.now()})}function B(n){if(n.button!==0||j.some(r=>n[r]))return;let e=n.composedPath()[0].closest?.("a[href]"),t=e?.closest("[data-testid^='stTopNav'], [data-testid^='stSidebarNav']");return e&&t?e:void 0}var D=50;function O(n){let e=new WeakMap;return N(),t=>{let r=Y(t),o=r.parentElement,s=e.get(o);return s?s.update(r):e.set(o,n(r)),()=>{o.host.isConnected||(e.get(o)?.close(),e.delete(o))}}}function Y(n){let{parentElement:e}=n,t=location.pathname,r=o=>{let s=(a,d,l=0)=>{(M()||location.pathname!==t)&&l<1500?setTimeout(()=>s(a,d,l+D),D):e.host.isConnected&&o(a,d)};return(a,d)=>s(a,d)};return{data:n.data,parentElement:e,setStateValue:r(n.setStateValue),setTriggerValue:r(n.setTriggerValue)}}var A=`.annotator {
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
.flag {
  display: none;
  margin-right: auto;
  color: var(--st-orange-text-color);
}
.flagged .flag {
  display: inline;
}
.action[aria-pressed="true"] {
  color: var(--st-orange-text-color);
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
.votes {
  margin: 0 0 0.75rem;
  padding: 0.5rem 0.75rem;
  border-radius: var(--radius);
  background: var(--raised);
  font-size: 0.85rem;
}
.votes-count {
  margin: 0;
  color: var(--muted);
  font-variant-numeric: tabular-nums;
}
.votes-line {
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  gap: 0.1rem 0.75rem;
  margin-top: 0.3rem;
}
.voter {
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
`;var Z="qweytiopadhjklzxbm";function S(n){return n<9?String(n+1):Z[n-9]??""}var ee={Enter:"accept",s:"skip",0:"skip",u:"undo","?":"help","/":"filter",n:"note",f:"flag",g:"guidance",v:"votes",Escape:"leave"};function H(n,e){if(n.altKey||n.repeat||n.isComposing)return null;let t=te(n)??(n.key.length===1?n.key.toLowerCase():n.key);if(n.ctrlKey||n.metaKey)return t==="z"?{name:"undo"}:null;let r=ee[t];if(r)return{name:r};let o=Array.from({length:e},(s,a)=>S(a)).indexOf(t);return o<0?null:{name:"label",code:o}}function te(n){return/^\d$/.test(n.key)?n.key:n.shiftKey?null:/^(?:Digit|Numpad)(\d)$/.exec(n.code)?.[1]??null}var ne="input, textarea, select, button, a, summary, [contenteditable='true'], [role='dialog'], [role='combobox'], [role='option'], [role='tab'], [role='slider'], [role='grid'], [role='menu']";function F(n,e){if(n.composedPath().includes(e))return!1;let t=n.composedPath()[0];return t instanceof Element&&t.closest(ne)!==null}var v=class{constructor(e,t,r){this.deliver=t;this.onChange=r;this.storageName=`labelwright:events:${e}`,this.entries=JSON.parse(sessionStorage.getItem(this.storageName)??"[]"),this.entries.length&&(this.sending=setTimeout(()=>this.send(),60))}deliver;onChange;overdue=!1;entries;storageName;lastSent=0;resendMs=2e3;sending;resending;get size(){return this.entries.length}get labelled(){return this.entries.reduce((e,t)=>e+t.labelled,0)}append(e,t,r,o,s,a={note:"",flagged:!1}){let d={event_id:re(),row_id:e.row_id,action:t,code:r,seconds:Math.round(o*1e3)/1e3,at:new Date().toISOString(),...a,draw:e.draw};this.entries.push({event:d,labelled:s}),this.store(),this.sending??=setTimeout(()=>this.send(),Math.max(0,this.lastSent+60-Date.now()))}acknowledge(e){let t=new Set(e),r=this.size;this.entries=this.entries.filter(o=>!t.has(o.event.event_id)),this.size!==r&&(this.store(),this.resendMs=2e3,this.size===0&&(clearTimeout(this.resending),this.overdue=!1))}close(){clearTimeout(this.sending),clearTimeout(this.resending)}send(){this.sending=void 0,this.lastSent=Date.now(),clearTimeout(this.resending),this.resending=setTimeout(()=>this.resend(),this.resendMs),this.deliver(this.entries.map(e=>e.event))}resend(){this.size!==0&&(this.overdue=!0,this.resendMs=Math.min(this.resendMs*2,15e3),this.send(),this.onChange())}store(){this.size?sessionStorage.setItem(this.storageName,JSON.stringify(this.entries)):sessionStorage.removeItem(this.storageName)}};function re(){let n=crypto.getRandomValues(new Uint8Array(16));return n[6]=n[6]&15|64,n[8]=n[8]&63|128,Array.from(n,t=>t.toString(16).padStart(2,"0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/,"$1-$2-$3-$4-")}var w=class{cards=[];name="";returned=[];answered=new Set;answers=[];get current(){return this.cards[0]}get last(){return this.answers.at(-1)}supply(e,t){let r=t!==this.name;r&&(this.answered.clear(),this.returned=[]),this.name=t;let o=this.returned.length?this.returned:this.cards.slice(0,1),s=r?[]:o,a=new Set(s.map(l=>l.row_id)),d=e.filter(l=>!this.answered.has(l.row_id)&&!a.has(l.row_id));this.cards=[...s,...d]}answer(e,t,r){let o=this.cards.shift();o&&(this.answered.add(o.row_id),this.returned=this.returned.filter(s=>s.row_id!==o.row_id),this.answers.push({card:o,action:e,code:t,remarks:r}))}undo(){let e=this.answers.pop();if(e){this.answered.delete(e.card.row_id);let t=this.cards.filter(r=>r.row_id!==e.card.row_id);this.cards=[e.card,...t],this.returned=[e.card,...this.returned]}return e}};var f=class{answered;storageName;constructor(e){this.storageName=`labelwright:sitting:${e}`,this.answered=Number(sessionStorage.getItem(this.storageName)??0)}count(e){this.answered=Math.max(0,this.answered+e),sessionStorage.setItem(this.storageName,String(this.answered))}};function V(n,e,t){let r=Array.from(n),o=[],s=0;for(let{start:a,end:d,code:l}of[...e].sort((c,h)=>c.start-h.start)){let c=Math.max(a,s);if(d<=c)continue;o.push(new Text(r.slice(s,c).join("")));let h=i("mark","",r.slice(c,d).join(""));h.style.setProperty("--class-color",t(l)),o.push(h),s=d}return o.push(new Text(r.slice(s).join(""))),o}var oe=1e3,ie=15e3,b=class{constructor(e,t){this.ask=e;this.there=t}ask;there;row;retry;isOpen(e){return this.row===e}turn(e){let t=!this.isOpen(e);this.close(),t&&(this.row=e,this.askFor(e,oe))}close(){clearTimeout(this.retry),this.row=void 0}askFor(e,t){this.ask(e),this.retry=setTimeout(()=>{this.isOpen(e)&&this.there()!==e&&2*t<=ie&&this.askFor(e,2*t)},t)}};function I(n){return n.votes.flatMap(e=>e.spans)}function z(n,{classes:e,short:t}){let r=i("div","votes");return r.append(i("p","votes-count",se(n))),e.forEach((o,s)=>{let a=n.votes.filter(l=>l.code===s);if(!a.length)return;let d=i("div","votes-line");d.append(u(o.name,o.color,t));for(let{function:l,spans:c}of a){let h=g("voter",l,n.short);c.length||(h.title=`${l}: where in the text is not known`),d.append(h)}r.append(d)}),r}function se({votes:n,abstain:e}){let t=n.length+e;if(!t)return"There is no function yet.";if(!n.length)return t===1?"The only function abstains.":`All ${t} functions abstain.`;let r=n.length===1?"votes":"vote";return`${n.length} of ${t} ${t===1?"function":"functions"} ${r}`}var y=class{constructor(e){this.accept=e}accept;root=i("div","body");text;shownRow;draw(e,t,r,o){if(!e){this.root.replaceChildren(...ae(r.size>0)),this.shownRow=void 0;return}let s=i("div","head");s.append(i("span","row-id",`Row ${e.row_id}`),i("span","flag","\u2691 to be looked at again"),i("span","reason",e.reason));let a=e.row_id===this.shownRow?this.text?.scrollTop??0:0;this.text=i("div","text");let d=typeof o=="string"?[]:I(o);this.text.append(...V(e.text,d,l=>t.classes[l??-1]?.color??"")),this.root.replaceChildren(s,this.text,...le(e),...de(o,t),...this.suggestionOf(e,t)),this.text.scrollTop=a,this.shownRow=e.row_id}suggestionOf(e,t){let r=e.suggestion===null?void 0:t.classes[e.suggestion];if(!r)return[];let o=p("suggestion","",this.accept);if(o.append(i("kbd","","Enter"),"accepts ",u(r.name,r.color,t.short)),e.suggestion_confidence!==null){let s=`${(100*e.suggestion_confidence).toFixed(1)} %`;o.append(i("span","confidence",s))}return[o]}};function ae(n){return[i("p","done-title",n?"Fetching the next rows \u2026":"All done"),i("p","done-text",n?"":"No row is waiting in this queue. U takes back the last answer.")]}function de(n,e){return n==="hidden"?[]:n==="asked"?[i("div","votes","Fetching the votes \u2026")]:[z(n,e)]}function le(n){if(!n.fields.length)return[];let e=i("dl","fields");for(let[t,r]of n.fields)e.append(i("dt","",t),i("dd","",r));return[e]}var $="labelwright:guidance",ce="There are none yet. Whoever manages the project writes them on Data, under Classes and guidelines.",he="There are none yet. Examples are rows whose class was imported, or settled in Review.",x=class{constructor(e){this.onTurn=e;this.toggle.append(i("span","arrow"),"Guidelines and examples",i("kbd","","G")),this.content.id="guidance",this.toggle.setAttribute("aria-controls",this.content.id),this.root.setAttribute("aria-label","Guidelines and examples"),this.root.append(this.toggle,this.content)}onTurn;root=i("aside","guidance");toggle=p("guidance-toggle","",()=>this.turn());content=i("div","guidance-content");shown="";draw({guidelines:e,examples:t,classes:r,short:o}){let s=JSON.stringify([e,t,r,o]);if(s===this.shown)return;let a=this.shown==="";this.shown=s;let d=G("guidance-examples");r.forEach((c,h)=>{let C=t.filter(K=>K.code===h);C.length&&d.append(u(c.name,c.color,o),pe(C))});let l=e?G("guideline-text",e):i("div","nothing",ce);this.content.replaceChildren(i("h3","","Guidelines"),l,i("h3","","Examples"),t.length?d:i("div","nothing",he)),a&&this.open(this.kept()??(e!==""||t.length>0))}turn(){let e=this.content.hidden!==!1;localStorage.setItem($,e?"open":"closed"),this.open(e)}open(e){this.content.hidden=!e,this.toggle.setAttribute("aria-expanded",String(e)),this.onTurn(e)}kept(){let e=localStorage.getItem($);return e===null?void 0:e==="open"}};function G(n,e=""){let t=i("div",n,e);return t.tabIndex=0,t}function pe(n){let e=i("ul","examples");for(let t of n){let r=i("li","",t.text);r.title=`Row ${t.row_id}`,e.append(r)}return e}var ue=2e3,me=[["1 \u2013 9","label with that class"],["Enter","accept the suggestion"],["S or 0","skip"],["U or Ctrl-Z","undo"],["N","write a note; Enter returns to the row"],["F","flag the row: somebody should look at it again"],["V","show or hide the votes on this row"],["G","show or hide guidelines and examples"],["/","filter the classes"],["?","show or hide the keys"]],k=class{constructor(e,t){this.root=e;this.obeyCommand=t;this.body=new y(()=>this.press({name:"accept"})),this.card.tabIndex=0,this.card.setAttribute("aria-label","Row to annotate. Press ? for the keys."),this.choices.setAttribute("role","group"),this.choices.setAttribute("aria-label","Classes"),this.last.setAttribute("role","status"),this.filter.placeholder="Filter the classes",this.filter.setAttribute("aria-label","Filter the classes"),this.filter.oninput=()=>this.drawChoices(),this.note.placeholder="Note on this row: saved with your answer, Enter returns to the row",this.note.setAttribute("aria-label","Note on this row"),this.note.maxLength=ue,this.note.hidden=!0,this.help.append(...me.flatMap(([s,a])=>[ge(s),i("dd","",a)])),this.help.hidden=!0,this.card.append(this.body.root,this.note,this.filter,this.choices,this.actions());let r=i("div","columns"),o=i("div","main");o.append(this.progress,this.card,this.last,this.help),this.guidance=new x(s=>r.classList.toggle("guided",s)),r.append(o,this.guidance.root),e.append(r),requestAnimationFrame(()=>this.takeFocus())}root;obeyCommand;progress=i("div","progress");card=i("section","card");body;choices=i("div","choices");filter=i("input","filter");note=i("input","filter note");last=i("div","last");flagAction=this.action("F","Flag",{name:"flag"});votesAction=this.action("V","Votes",{name:"votes"});help=i("dl","help");guidance;classes=[];short={};draw({data:e,queue:t,log:r,sitting:o,votes:s}){this.drawProgress(e,r,o),this.card.classList.toggle("over",!t.current),this.body.draw(t.current,e,r,s),this.votesAction.hidden=!e.votes_allowed||!t.current,JSON.stringify(this.classes)!==JSON.stringify(e.classes)&&(this.classes=e.classes,this.short=e.short,this.choices.classList.toggle("wide",Object.keys(e.short).length>0),this.drawChoices()),this.filter.hidden=e.classes.length<=9,this.drawLast(t,e),this.guidance.draw(e)}say(e){this.last.replaceChildren(i("span","",e))}takeRemarks(){let e={note:this.note.value.trim(),flagged:this.flagged};return this.putRemarks({note:"",flagged:!1}),e}putRemarks({note:e,flagged:t}){this.note.value=e,this.note.hidden=!e,this.flag(t)}turnFlag(){this.flag(!this.flagged)}get flagged(){return this.card.classList.contains("flagged")}flag(e){this.card.classList.toggle("flagged",e),this.flagAction.setAttribute("aria-pressed",String(e))}obey(e){e==="guidance"&&this.guidance.turn(),e==="note"&&(this.note.hidden=!1,this.note.focus()),e==="filter"&&!this.filter.hidden&&this.filter.focus(),e==="help"&&(this.help.hidden=!this.help.hidden),e==="leave"&&(this.help.hidden=!0,this.clearFilter(),this.note.hidden=!this.note.value,this.card.focus())}keepsForItself(e,t){let r=e.composedPath()[0];return r===this.note?(e.key==="Enter"&&this.obey("leave"),t.name!=="leave"):r===this.filter?e.key==="Enter"?(this.choices.querySelector("button")?.click(),!0):t.name!=="leave":r instanceof HTMLButtonElement&&e.key==="Enter"}actions(){let e=i("div","actions"),t=p("action","",()=>this.obey("note"));return t.append(i("kbd","","N"),"Note"),e.append(this.action("S","Skip",{name:"skip"}),this.action("U","Undo",{name:"undo"}),t,this.flagAction,this.votesAction,this.action("?","Keys",{name:"help"})),e}action(e,t,r){let o=p("action","",()=>this.press(r));return o.append(i("kbd","",e),t),o}press(e){this.obeyCommand(e),this.card.focus({preventScroll:!0})}drawProgress(e,t,r){let o=e.labelled+t.labelled,s=i("span","count"),a=e.total?` of ${e.total.toLocaleString("en")}`:"";s.append(i("strong","",o.toLocaleString("en")),`${a} rows labelled`);let d=r.answered?`${r.answered.toLocaleString("en")} in this sitting`:"",l=t.overdue?i("span","unsaved",`${t.size} not saved yet, trying again`):i("span","",d),c=i("div","bar"),h=e.total?Math.min(1,o/e.total):0;c.style.setProperty("--share",`${100*h}%`),c.hidden=!e.total,this.progress.replaceChildren(s,l,c)}drawChoices(){let e=this.filter.value.trim().toLowerCase(),t=this.classes.flatMap((r,o)=>{if(!r.name.toLowerCase().includes(e))return[];let s=p("choice","",()=>{this.clearFilter(),this.press({name:"label",code:o})});s.style.setProperty("--class-color",r.color);let a=S(o);return a&&s.append(i("kbd","",a.toUpperCase())),s.append(i("span","swatch"),g("choice-name",r.name,this.short)),[s]});this.choices.replaceChildren(...t)}clearFilter(){this.filter.value="",this.drawChoices()}drawLast(e,{classes:t,short:r}){let{last:o}=e;if(this.last.replaceChildren(),!o)return;let s=o.code===null?void 0:t[o.code],a=s?u(s.name,s.color,r):i("span","","skipped");this.last.append(i("span","",`Row ${o.card.row_id}`),a)}takeFocus(){let e=document.activeElement;(!e||e===document.body||e.matches('[data-testid="stMain"]'))&&this.root.isConnected&&this.card.focus({preventScroll:!0})}};function ge(n){let e=i("dt");return e.append(i("kbd","",n)),e}var Ye=O(n=>new E(n)),E=class{constructor(e){this.component=e;this.root=L(e.parentElement,"root annotator",T+A),this.view=new k(this.root,t=>this.obey(t)),this.logName=e.data.log,this.log=this.openLog(),this.sitting=new f(this.logName),window.addEventListener("keydown",this.onKey,{capture:!0}),this.update(e)}component;root;queue=new w;view;log;sitting;votes=new b(e=>this.component.setStateValue("asked",e),()=>this.component.data.votes?.row_id);logName;shown={row:void 0,since:0};update(e){this.component=e;let{data:t}=e;t.log!==this.logName&&(this.log.close(),this.logName=t.log,this.log=this.openLog(),this.sitting=new f(this.logName)),this.log.acknowledge(t.acknowledged),this.queue.supply(t.cards,t.queue),this.draw()}close(){this.log.close(),this.votes.close(),window.removeEventListener("keydown",this.onKey,{capture:!0})}openLog(){let e=t=>this.component.setStateValue("events",t);return new v(this.logName,e,()=>this.draw())}onKey=e=>{if(F(e,this.root))return;let t=H(e,this.component.data.classes.length);!t||this.view.keepsForItself(e,t)||(e.preventDefault(),e.stopImmediatePropagation(),this.obey(t))};obey(e){let t=this.queue.current;switch(e.name){case"label":this.answer("label",e.code);break;case"accept":t&&t.suggestion!==null&&this.answer("label",t.suggestion);break;case"skip":this.answer("skip",null);break;case"undo":this.undo();break;case"votes":t&&this.turnVotes(t.row_id);break;case"flag":t&&this.view.turnFlag();break;default:this.view.obey(e.name)}}answer(e,t){let r=this.queue.current;if(!r)return;let o=e==="label"?1:0,s=this.view.takeRemarks();this.log.append(r,e,t,this.secondsShown(),o,s),this.queue.answer(e,t,s),this.sitting.count(1),this.draw()}undo(){let e=this.queue.undo();if(!e)return;let t=e.action==="label"?-1:0;this.log.append(e.card,"clear",null,this.secondsShown(),t),this.sitting.count(-1),this.draw(),this.view.putRemarks(e.remarks)}turnVotes(e){this.component.data.votes_allowed&&this.votes.turn(e),this.draw(),this.component.data.votes_allowed||this.view.say("This project shows no votes.")}secondsShown(){return(performance.now()-this.shown.since)/1e3}draw(){let e=this.queue.current?.row_id;e!==this.shown.row&&(this.shown={row:e,since:performance.now()},this.votes.close(),this.view.putRemarks({note:"",flagged:!1}));let{queue:t,log:r,sitting:o}=this;this.view.draw({data:this.component.data,queue:t,log:r,sitting:o,votes:this.shownVotes(e)})}shownVotes(e){let{votes:t,votes_allowed:r}=this.component.data;return e===void 0||!r||!this.votes.isOpen(e)?"hidden":t?.row_id===e?t:"asked"}};export{Ye as default};
