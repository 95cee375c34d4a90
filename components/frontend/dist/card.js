var $=`.root {
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
`;function s(n,e="",t=""){let r=document.createElement(n);return e&&(r.className=e),t&&(r.textContent=t),r}function h(n,e,t){let r=s("button",n,e);return r.type="button",r.onclick=t,r}function K(n,e,t){let r=s("style");r.textContent=t;let o=s("div",e);return n.append(r,o),o}function f(n,e,t){let r=s("span",n,Object.hasOwn(t,e)?t[e]:e);return r.textContent!==e&&(r.title=e),r}function p(n,e,t,r="chip"){let o=s("span",r);return o.style.setProperty("--class-color",e),o.append(s("span","swatch"),f("chip-name",n,t)),o}var oe=["running","rerunRequested"].map(n=>`[data-test-script-state="${n}"]`).join(),se=1e3,ie=["ctrlKey","metaKey","shiftKey","altKey"],ae=Symbol.for("labelwright.turns"),m=window[ae]??={};function F(){let{turn:n}=m;return n&&(location.pathname!==n.from||Date.now()-n.began>1500)&&delete m.turn,m.turn!==void 0}function H(){m.watching||(m.watching=!0,window.addEventListener("click",de,{capture:!0}),window.addEventListener("focusout",()=>m.left=Date.now(),{capture:!0}))}function de(n){let e=le(n);if(e)if(n.isTrusted){n.preventDefault(),n.stopImmediatePropagation(),I(e);let t=Date.now(),r=t-(m.left??0)<se?80:50;setTimeout(()=>z(e,t),r)}else I(e)}function z(n,e){document.querySelector(oe)!==null&&Date.now()-e<400?setTimeout(()=>z(n,e),10):n.click()}function I(n){n.pathname!==location.pathname&&(m.turn={from:location.pathname,began:Date.now()})}function le(n){if(n.button!==0||ie.some(r=>n[r]))return;let e=n.composedPath()[0].closest?.("a[href]"),t=e?.closest("[data-testid^='stTopNav'], [data-testid^='stSidebarNav']");return e&&t?e:void 0}var V=50;function P(n){let e=new WeakMap;return H(),t=>{let r=he(t),o=r.parentElement,i=e.get(o);return i?i.update(r):e.set(o,n(r)),()=>{o.host.isConnected||(e.get(o)?.close(),e.delete(o))}}}function he(n){let{parentElement:e}=n,t=location.pathname,r=o=>{let i=(a,d,l=0)=>{(F()||location.pathname!==t)&&l<1500?setTimeout(()=>i(a,d,l+V),V):e.host.isConnected&&o(a,d)};return(a,d)=>i(a,d)};return{data:n.data,parentElement:e,setStateValue:r(n.setStateValue),setTriggerValue:r(n.setTriggerValue)}}var G=`.annotator {
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
.fields dd {
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
.action:disabled {
  opacity: 0.5;
  cursor: default;
}
.action:hover:enabled {
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
.saved {
  color: var(--muted);
}
.heard {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
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
.keys {
  width: min(34rem, calc(100vw - 2rem));
  max-height: min(48rem, calc(100vh - 4rem));
  padding: 0;
  overflow-y: auto;
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: var(--st-background-color);
  color: var(--ink);
}
.keys-content {
  padding: 0 1.1rem 1rem;
  background: inherit;
}
.keys::backdrop {
  background: rgb(0 0 0 / 45%);
}
.keys-head {
  position: sticky;
  top: 0;
  display: grid;
  grid-template-columns: 1fr max-content;
  align-items: center;
  padding: 0.75rem 0 0.25rem;
  background: inherit;
}
.keys h3 {
  margin: 0;
  font-size: 1rem;
  font-weight: 600;
}
.keys-said {
  grid-column: 1 / -1;
  min-height: 3em;
  margin: 0.25rem 0 0.5rem;
  color: var(--muted);
  font-size: 0.85rem;
}
.keys-said.refused {
  color: var(--st-red-text-color);
}
.keys-line {
  display: grid;
  grid-template-columns: 6.5rem 1fr;
  align-items: center;
  gap: 0.75rem;
  font-size: 0.85rem;
}
.keys-key,
.plain-button {
  min-height: 2.1rem;
  padding: 0.1rem 0.6rem;
  border: 1px solid var(--line);
  border-radius: var(--st-button-radius);
  background: none;
  text-align: left;
}
.keys-line + .keys-line {
  margin-top: 0.25rem;
}
.keys-more {
  color: var(--muted);
}
.plain-button:disabled {
  color: var(--muted);
  cursor: default;
}
.keys-key:hover,
.plain-button:hover:enabled {
  background: var(--raised);
}
.keys-list {
  margin-bottom: 0.75rem;
}
.keys-meaning {
  overflow-wrap: anywhere;
}
/* Fingers are wider than pointers. */
@container (max-width: 30rem) {
  .choices {
    max-height: 24rem;
    overflow-y: auto;
  }
  .choice,
  .action,
  .suggestion,
  .filter,
  .guidance-toggle,
  .keys-key,
  .plain-button {
    min-width: 44px;
    min-height: 44px;
  }
}
`;var pe=1e3,me=15e3,k=class{constructor(e,t){this.ask=e;this.there=t}ask;there;row;seen;retry;isOpen(e){return this.row===e}areNew(e){return!e||!this.isOpen(e.row_id)||this.seen===e.row_id?!1:(this.seen=e.row_id,!0)}turn(e){let t=!this.isOpen(e);this.close(),t&&(this.row=e,this.askFor(e,pe))}close(){clearTimeout(this.retry),this.row=void 0,this.seen=void 0}askFor(e,t){this.ask(e),this.retry=setTimeout(()=>{this.isOpen(e)&&this.there()!==e&&2*t<=me&&this.askFor(e,2*t)},t)}};function q(n){return n.votes.flatMap(e=>e.spans)}function U(n,{classes:e,short:t}){let r=s("div","votes");return r.append(s("p","votes-count",N(n))),e.forEach((o,i)=>{let a=n.votes.filter(l=>l.code===i);if(!a.length)return;let d=s("div","votes-line");d.append(p(o.name,o.color,t));for(let{function:l,spans:c}of a){let u=f("voter",l,n.short);c.length||(u.title=`${l}: where in the text is not known`),d.append(u)}r.append(d)}),r}function N({votes:n,abstain:e}){let t=n.length+e;if(!t)return"There is no function yet.";if(!n.length)return t===1?"The only function abstains.":`All ${t} functions abstain.`;let r=n.length===1?"votes":"vote";return`${n.length} of ${t} ${t===1?"function":"functions"} ${r}`}var ge=300;function j(n,e,{classes:t}){let r=n.at(-1);if(!r)return"";let o=n.length>1?`${n.length} answers, the last one: `:"",i=r.code===null?void 0:t[r.code]?.name,a=r.action==="clear"?"taken back":i??"skipped",d=r.flagged?", flagged":"",l=e?` Now row ${e.row_id}: ${e.text.slice(0,ge)}`:" No row is left.";return`Saved: ${o}row ${r.row_id}, ${a}${d}.${l}`}function J({votes:n,classes:e}){if(!n)return"";let t=n.votes.map(r=>`${r.function} for ${e[r.code]?.name??""}`);return[N(n),...t].join(", ")}var E=[["accept","Enter","accept the suggestion"],["skip","s","skip the row","0, too, where it is free"],["undo","u","undo the last answer","Ctrl-Z, too"],["redo","y","redo what was undone","Ctrl-Shift-Z, too"],["note","n","write a note","Enter returns to the row"],["flag","f","flag the row to be looked at again"],["votes","v","show or hide the votes on the row"],["guidance","g","show or hide guidelines and examples"],["filter","/","filter the classes","where there are more than nine"],["help","?","show or hide this list"]],fe="qwetiopadhjklzxbm";var we=["Enter","Backspace","Delete","Insert","ArrowUp","ArrowDown","ArrowLeft","ArrowRight"],x="labelwright:keys",O=new Map(E.map(([n,e])=>[n,e])),g=n=>`class ${n}`,S=class{own;constructor(){this.own=new Map(ye())}get isUsual(){return this.own.size===0}keyOf(e){let t=this.own.get(e);if(t!==void 0)return t;let r=W(e);return[...this.own.values()].includes(r)?"":r}shown(e){return w(this.keyOf(e))}deedOf(e,t){return B(t).find(o=>this.keyOf(o)===e)??(e==="0"?"skip":void 0)}change(e,t,r,o){let i=Q(t);if(i)return i;let a=B(r).find(d=>d!==e&&this.keyOf(d)===t);if(a)return`${w(t)} is the key for \u201C${o(a)}\u201D. Give that one another key first.`;t===W(e)?this.own.delete(e):this.own.set(e,t),localStorage.setItem(x,JSON.stringify([...this.own]))}reset(){this.own.clear(),localStorage.removeItem(x)}};function B(n){return[...O.keys(),...Array.from({length:n},(e,t)=>g(t))]}function v(n){return ve(n)??(n.key.length===1?n.key.toLowerCase():n.key)}function w(n){return{" ":"Space",ArrowUp:"\u2191",ArrowDown:"\u2193",ArrowLeft:"\u2190",ArrowRight:"\u2192"}[n]??(n.length===1?n.toUpperCase():n)}function Q(n){if(n.length===1&&"cr".includes(n))return`${w(n)} has a meaning of its own on every page. Choose another key.`;if(!(n.length===1||we.includes(n)))return`${n} cannot be used. Choose a letter, a digit, a sign, Space, Enter, Delete or an arrow.`}function ve(n){return/^\d$/.test(n.key)?n.key:n.shiftKey?null:/^(?:Digit|Numpad)(\d)$/.exec(n.code)?.[1]??null}function W(n){let e=O.get(n);if(e!==void 0)return e;let t=Number(n.slice(6));return t<9?String(t+1):fe[t-9]??""}function ye(){try{return JSON.parse(localStorage.getItem(x)??"[]").filter(([e,t])=>(O.has(e)||/^class \d+$/.test(e))&&!Q(t))}catch{return console.warn(`${x} in the browser's storage holds no keys; the usual ones hold.`),[]}}function Y(n,e,t){if(n.altKey||n.repeat||n.isComposing)return null;let r=v(n);if(n.ctrlKey||n.metaKey)return be(r,n.shiftKey);if(r==="Escape")return{name:"leave"};let o=e.deedOf(r,t);if(!o)return null;let i=/^class (\d+)$/.exec(o)?.[1];return i===void 0?{name:o}:{name:"label",code:Number(i)}}function be(n,e){return n==="z"?{name:e?"redo":"undo"}:n==="y"?{name:"redo"}:null}var ke="input, textarea, select, button, a, summary, [contenteditable='true'], [role='dialog'], [role='combobox'], [role='option'], [role='tab'], [role='slider'], [role='grid'], [role='menu']";function X(n,e){if(n.composedPath().includes(e))return!1;let t=n.composedPath()[0];return t instanceof Element&&t.closest(ke)!==null}var C=class{constructor(e,t,r){this.deliver=t;this.onChange=r;this.storageName=`labelwright:events:${e}`,this.entries=JSON.parse(sessionStorage.getItem(this.storageName)??"[]"),this.entries.length&&(this.sending=setTimeout(()=>this.send(),60))}deliver;onChange;overdue=!1;entries;storageName;lastSent=0;resendMs=2e3;sending;resending;get size(){return this.entries.length}get labelled(){return this.entries.reduce((e,t)=>e+t.labelled,0)}append(e,t,r,o,i,a={note:"",flagged:!1}){let d={event_id:xe(),row_id:e.row_id,action:t,code:r,seconds:Math.round(o*1e3)/1e3,at:new Date().toISOString(),...a,draw:e.draw};this.entries.push({event:d,labelled:i}),this.store(),this.sending??=setTimeout(()=>this.send(),Math.max(0,this.lastSent+60-Date.now()))}acknowledge(e){let t=new Set(e),r=this.entries.filter(o=>t.has(o.event.event_id));return r.length?(this.entries=this.entries.filter(o=>!t.has(o.event.event_id)),this.store(),this.resendMs=2e3,this.size===0&&(clearTimeout(this.resending),this.overdue=!1),r.map(o=>o.event)):[]}close(){clearTimeout(this.sending),clearTimeout(this.resending)}send(){this.sending=void 0,this.lastSent=Date.now(),clearTimeout(this.resending),this.resending=setTimeout(()=>this.resend(),this.resendMs),this.deliver(this.entries.map(e=>e.event))}resend(){this.size!==0&&(this.overdue=!0,this.resendMs=Math.min(this.resendMs*2,15e3),this.send(),this.onChange())}store(){this.size?sessionStorage.setItem(this.storageName,JSON.stringify(this.entries)):sessionStorage.removeItem(this.storageName)}};function xe(){let n=crypto.getRandomValues(new Uint8Array(16));return n[6]=n[6]&15|64,n[8]=n[8]&63|128,Array.from(n,t=>t.toString(16).padStart(2,"0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/,"$1-$2-$3-$4-")}var y=class{cards=[];name="";returned=[];answered=new Set;answers=[];undone=[];get current(){return this.cards[0]}get last(){return this.answers.at(-1)}get canRedo(){return this.undone.length>0}supply(e,t){let r=t!==this.name;r&&(this.answered.clear(),this.returned=[],this.undone=[]),this.name=t;let o=this.returned.length?this.returned:this.cards.slice(0,1),i=r?[]:o,a=new Set(i.map(l=>l.row_id)),d=e.filter(l=>!this.answered.has(l.row_id)&&!a.has(l.row_id));return this.cards=[...i,...d],r}answer(e){return this.undone=[],this.record(e)}redo(){let e=this.undone.pop();return e&&this.record(e)}undo(){let e=this.answers.pop();if(e){this.answered.delete(e.card.row_id);let t=this.cards.filter(r=>r.row_id!==e.card.row_id);this.cards=[e.card,...t],this.returned=[e.card,...this.returned],this.undone.push(e)}return e}record(e){let t=this.cards.shift();if(!t)return;this.answered.add(t.row_id),this.returned=this.returned.filter(o=>o.row_id!==t.row_id);let r={...e,card:t};return this.answers.push(r),r}};var b=class{answered;storageName;constructor(e){this.storageName=`labelwright:sitting:${e}`,this.answered=Number(sessionStorage.getItem(this.storageName)??0)}count(e){this.answered=Math.max(0,this.answered+e),sessionStorage.setItem(this.storageName,String(this.answered))}};function Z(n,e,t){let r=Array.from(n),o=[],i=0;for(let{start:a,end:d,code:l}of[...e].sort((c,u)=>c.start-u.start)){let c=Math.max(a,i);if(d<=c)continue;o.push(new Text(r.slice(i,c).join("")));let u=s("mark","",r.slice(c,d).join(""));u.style.setProperty("--class-color",t(l)),o.push(u),i=d}return o.push(new Text(r.slice(i).join(""))),o}var T=class{constructor(e,t){this.keys=e;this.accept=t}keys;accept;root=s("div","body");text;shownRow;draw(e,t,r,o){if(!e){this.root.replaceChildren(...Se(r.size>0,t.paused,this.keys.shown("undo"))),this.shownRow=void 0;return}let i=s("div","head");i.append(s("span","row-id",`Row ${e.row_id}`),s("span","flag","\u2691 to be looked at again"),s("span","reason",e.reason));let a=e.row_id===this.shownRow?this.text?.scrollTop??0:0;this.text=s("div","text");let d=typeof o=="string"?[]:q(o);this.text.append(...Z(e.text,d,l=>t.classes[l??-1]?.color??"")),this.root.replaceChildren(i,this.text,...Ce(e),...Ee(o,t),...this.suggestionOf(e,t)),this.text.scrollTop=a,this.shownRow=e.row_id}suggestionOf(e,t){let r=e.suggestion===null?void 0:t.classes[e.suggestion];if(!r)return[];let o=h("suggestion","",this.accept);if(o.append(s("kbd","",this.keys.shown("accept")),"accepts ",p(r.name,r.color,t.short)),e.suggestion_confidence!==null){let i=`${(100*e.suggestion_confidence).toFixed(1)} %`;o.append(s("span","confidence",i))}return[o]}};function Se(n,e,t){if(e){let r=n?"Your last answers are on their way.":"All your answers are saved.";return[s("p","done-title","The queue is paused"),s("p","done-text",`${r} The next row appears here as soon as it goes on.`)]}return[s("p","done-title",n?"Fetching the next rows \u2026":"All done"),s("p","done-text",n?"":`No row is waiting in this queue. ${t} takes back the last answer.`)]}function Ee(n,e){return n==="hidden"?[]:n==="asked"?[s("div","votes","Fetching the votes \u2026")]:[U(n,e)]}function Ce(n){if(!n.fields.length)return[];let e=s("dl","fields");for(let[t,r]of n.fields)e.append(s("dt","",t),s("dd","",r));return[e]}var D=class{constructor(e,t){this.keys=e;this.choose=t;this.root.setAttribute("role","group"),this.root.setAttribute("aria-label","Classes"),this.filter.placeholder="Filter the classes",this.filter.setAttribute("aria-label","Filter the classes"),this.filter.oninput=()=>this.fill()}keys;choose;root=s("div","choices");filter=s("input","filter");shown="";data={classes:[],short:{}};draw({classes:e,short:t}){let r=JSON.stringify([e,t,e.map((o,i)=>this.keys.keyOf(g(i)))]);this.filter.hidden=e.length<=9,r!==this.shown&&(this.shown=r,this.data={classes:e,short:t},this.root.classList.toggle("wide",Object.keys(t).length>0),this.fill())}clearFilter(){this.filter.value&&(this.filter.value="",this.fill())}chooseFirst(){this.root.querySelector("button")?.click()}fill(){let e=this.filter.value.trim().toLowerCase(),t=this.data.classes.flatMap((r,o)=>{if(!r.name.toLowerCase().includes(e))return[];let i=h("choice","",()=>{this.clearFilter(),this.choose(o)});i.style.setProperty("--class-color",r.color);let a=this.keys.shown(g(o));return a&&i.append(s("kbd","",a)),i.append(s("span","swatch"),f("choice-name",r.name,this.data.short)),[i]});this.root.replaceChildren(...t)}};var ee="labelwright:guidance",Te="There are none yet. Whoever manages the project writes them on Data, under Classes and guidelines.",De="There are none yet. Examples are rows whose class was imported, or settled in Review.",M=class{constructor(e,t){this.keys=e;this.onTurn=t;this.toggle.append(s("span","arrow"),"Guidelines and examples",this.hint),this.content.id="guidance",this.toggle.setAttribute("aria-controls",this.content.id),this.root.setAttribute("aria-label","Guidelines and examples"),this.root.append(this.toggle,this.content)}keys;onTurn;root=s("aside","guidance");toggle=h("guidance-toggle","",()=>this.turn());content=s("div","guidance-content");hint=s("kbd");shown="";draw({guidelines:e,examples:t,classes:r,short:o}){this.hint.textContent=this.keys.shown("guidance");let i=JSON.stringify([e,t,r,o]);if(i===this.shown)return;let a=this.shown==="";this.shown=i;let d=te("guidance-examples");r.forEach((c,u)=>{let R=t.filter(ne=>ne.code===u);R.length&&d.append(p(c.name,c.color,o),Me(R))});let l=e?te("guideline-text",e):s("div","nothing",Te);this.content.replaceChildren(s("h3","","Guidelines"),l,s("h3","","Examples"),t.length?d:s("div","nothing",De)),a&&this.open(this.kept()??(e!==""||t.length>0))}turn(){let e=this.content.hidden!==!1;localStorage.setItem(ee,e?"open":"closed"),this.open(e)}open(e){this.content.hidden=!e,this.toggle.setAttribute("aria-expanded",String(e)),this.onTurn(e)}kept(){let e=localStorage.getItem(ee);return e===null?void 0:e==="open"}};function te(n,e=""){let t=s("div",n,e);return t.tabIndex=0,t}function Me(n){let e=s("ul","examples");for(let t of n){let r=s("li","",t.text);r.title=`Row ${t.row_id}`,e.append(r)}return e}var Le=["Shift","Control","Alt","AltGraph","Meta","CapsLock","Dead","Process"],L=class{constructor(e,t,r){this.keys=e;this.onChange=t;let o=s("div","keys-head"),i=h("plain-button","Close",()=>this.root.close()),a=s("h3","","Keys");a.id="keys-title",o.append(a,i,this.said),this.said.setAttribute("role","status"),this.root.setAttribute("aria-labelledby",a.id);let d=s("div","keys-content");d.append(o,this.list,this.resetAll),this.root.append(d),this.root.onclose=()=>{this.wait(void 0),r()},this.root.onclick=l=>{l.target===this.root&&this.root.close()}}keys;onChange;root=s("dialog","keys");list=s("div","keys-list");said=s("p","keys-said");resetAll=h("plain-button","Reset all keys",()=>this.reset());classes=[];waiting;get isOpen(){return this.root.open}open(e){this.classes=e,this.say("Choose a key to change it. Changes are kept in this browser, for all projects."),this.draw(),this.root.showModal()}onKey(e){if(!(Le.includes(e.key)||e.isComposing))if((this.waiting||e.key.length===1)&&e.stopImmediatePropagation(),this.waiting){if(e.preventDefault(),e.repeat)return;e.key==="Escape"?this.leave():this.give(this.waiting,e)}else v(e)===this.keys.keyOf("help")&&(e.preventDefault(),this.root.close())}give(e,t){let o=t.ctrlKey||t.metaKey||t.altKey?"Keys with Ctrl, Alt or Cmd belong to the browser. Press one key alone.":this.keys.change(e,v(t),this.classes.length,i=>this.nameOf(i));if(o){this.say(o,!0);return}this.say(`${w(this.keys.keyOf(e))}: ${this.nameOf(e)}.`),this.wait(void 0),this.focusOn(e),this.onChange()}leave(){let e=this.waiting;this.wait(void 0),this.say("Nothing was changed."),e&&this.focusOn(e)}reset(){this.keys.reset(),this.wait(void 0),this.say("All keys are the usual ones again."),this.onChange()}wait(e){this.waiting=e,e&&this.say(`Press the new key for \u201C${this.nameOf(e)}\u201D; Escape keeps the old one.`),this.draw(),e&&this.focusOn(e)}say(e,t=!1){this.said.textContent=e,this.said.classList.toggle("refused",t)}draw(){this.list.replaceChildren(...E.map(([e,,t,r])=>this.line(e,t,r)),...this.classes.map((e,t)=>this.line(g(t),e.name))),this.resetAll.disabled=this.keys.isUsual}line(e,t,r=""){let o=s("div","keys-line"),i=h("keys-key","",()=>this.wait(e));i.dataset.deed=e;let a=this.waiting===e?"press \u2026":this.keys.shown(e)||"none";i.append(s("kbd","",a)),i.setAttribute("aria-label",`Change the key for \u201C${t}\u201D, now ${a}`);let d=s("span","keys-meaning",t);return r&&d.append(s("span","keys-more",` (${r})`)),o.append(i,d),o}focusOn(e){this.list.querySelector(`[data-deed="${e}"]`)?.focus()}nameOf(e){let t=E.find(([r])=>r===e);return t?t[2]:this.classes[Number(e.slice(6))]?.name??e}};var _e=2e3,_=class{constructor(e,t){this.root=e;this.obeyCommand=t;this.card.tabIndex=0,this.heard.setAttribute("role","status"),this.note.placeholder="Note on this row: saved with your answer, Enter returns to the row",this.note.setAttribute("aria-label","Note on this row"),this.note.maxLength=_e,this.note.hidden=!0,this.overlay=new L(this.keys,()=>this.drawAgain(),()=>this.card.focus({preventScroll:!0}));let r=s("div","actions");r.append(...Object.values(this.actions));let{filter:o}=this.choices;this.card.append(this.body.root,this.note,o,this.choices.root,r);let i=s("div","columns"),a=s("div","main");a.append(this.progress,this.card,this.last),this.guidance=new M(this.keys,d=>i.classList.toggle("guided",d)),i.append(a,this.guidance.root),e.append(i,this.heard,this.overlay.root),requestAnimationFrame(()=>this.takeFocus())}root;obeyCommand;keys=new S;overlay;progress=s("div","progress");card=s("section","card");note=s("input","filter note");last=s("div","last");heard=s("div","heard");body=new T(this.keys,()=>this.press({name:"accept"}));choices=new D(this.keys,e=>this.press({name:"label",code:e}));guidance;hints=[];actions={skip:this.action("Skip","skip"),undo:this.action("Undo","undo"),redo:this.action("Redo","redo"),note:this.action("Note","note"),flag:this.action("Flag","flag"),votes:this.action("Votes","votes"),help:this.action("Keys","help")};drawn;draw(e){let{data:t,queue:r,log:o,sitting:i,votes:a}=e;this.drawn=e,this.drawProgress(t,o,i),this.card.classList.toggle("over",!r.current),this.card.setAttribute("aria-label",`Row to annotate. Press ${this.keys.shown("help")} for the keys.`),this.body.draw(r.current,t,o,a),this.choices.draw(t),this.actions.votes.hidden=!t.votes_allowed||!r.current,this.actions.undo.disabled=!r.last,this.actions.redo.disabled=!r.canRedo;for(let[d,l]of this.hints)d.textContent=this.keys.shown(l);this.drawLast(r,o,t),this.guidance.draw(t)}say(e){this.heard.textContent=e}tell(e){this.last.replaceChildren(s("span","",e)),this.say(e)}takeRemarks(){let e={note:this.note.value.trim(),flagged:this.flagged};return this.putRemarks({note:"",flagged:!1}),e}putRemarks({note:e,flagged:t}){this.note.value=e,this.note.hidden=!e,this.flag(t)}turnFlag(){this.flag(!this.flagged),this.say(this.flagged?"Flagged":"Not flagged")}obey(e){e==="guidance"&&this.guidance.turn(),e==="note"&&(this.note.hidden=!1,this.note.focus()),e==="filter"&&!this.choices.filter.hidden&&this.choices.filter.focus(),e==="help"&&this.drawn&&this.overlay.open(this.drawn.data.classes),e==="leave"&&(this.choices.clearFilter(),this.note.hidden=!this.note.value,this.card.focus())}typed(e){let t=e.composedPath()[0];return t!==this.note&&t!==this.choices.filter?!1:(e.stopImmediatePropagation(),e.isComposing||e.key!=="Enter"&&e.key!=="Escape"||(e.preventDefault(),t===this.choices.filter&&e.key==="Enter"?this.choices.chooseFirst():this.obey("leave")),!0)}action(e,t){let r=t==="note"||t==="help",o={name:t},i=h("action","",()=>r?this.obeyCommand(o):this.press(o)),a=s("kbd");return this.hints.push([a,t]),i.append(a,e),i}press(e){this.obeyCommand(e),this.card.focus({preventScroll:!0})}drawAgain(){this.drawn&&this.draw(this.drawn)}get flagged(){return this.card.classList.contains("flagged")}flag(e){this.card.classList.toggle("flagged",e),this.actions.flag.setAttribute("aria-pressed",String(e))}drawProgress(e,t,r){let o=e.labelled+t.labelled,i=s("span","count"),a=e.total?` of ${e.total.toLocaleString("en")}`:"";i.append(s("strong","",o.toLocaleString("en")),`${a} rows labelled`);let d=r.answered?`${r.answered.toLocaleString("en")} in this sitting`:"",l=t.overdue?s("span","unsaved",`${t.size} not saved yet, trying again`):s("span","",d),c=s("div","bar"),u=e.total?Math.min(1,o/e.total):0;c.style.setProperty("--share",`${100*u}%`),c.hidden=!e.total,this.progress.replaceChildren(i,l,c)}drawLast(e,t,{classes:r,short:o}){let{last:i}=e;if(this.last.replaceChildren(),!i)return;let a=i.code===null?void 0:r[i.code],d=a?p(a.name,a.color,o):s("span","","skipped"),l=s("span","saved",t.size?"":"\u2713 saved");this.last.append(s("span","",`Row ${i.card.row_id}`),d,l)}focusCard(){this.card.focus({preventScroll:!0})}takeFocus(){let e=document.activeElement;(!e||e===document.body||e.matches('[data-testid="stMain"]'))&&this.root.isConnected&&this.card.focus({preventScroll:!0})}};var Dt=P(n=>new A(n)),A=class{constructor(e){this.component=e;this.root=K(e.parentElement,"root annotator",$+G),this.view=new _(this.root,t=>this.obey(t)),this.logName=e.data.log,this.log=this.openLog(),this.sitting=new b(this.logName),window.addEventListener("keydown",this.onKey,{capture:!0}),this.update(e)}component;root;queue=new y;view;log;sitting;votes=new k(e=>this.component.setStateValue("asked",e),()=>this.component.data.votes?.row_id);logName;shown={row:void 0,since:0};lastKey="";update(e){this.component=e;let{data:t}=e;t.log!==this.logName&&(this.log.close(),this.logName=t.log,this.log=this.openLog(),this.sitting=new b(this.logName),this.queue=new y);let r=this.log.acknowledge(t.acknowledged),o=this.queue.supply(t.cards,t.queue);this.draw(),o&&(this.lastKey==="Enter"||Oe())&&this.view.focusCard(),r.length?this.view.say(j(r,this.queue.current,t)):this.votes.areNew(t.votes)&&this.view.say(J(t))}close(){this.log.close(),this.votes.close(),window.removeEventListener("keydown",this.onKey,{capture:!0})}openLog(){let e=t=>this.component.setStateValue("events",t);return new C(this.logName,e,()=>this.draw())}onKey=e=>{if(this.lastKey=e.key,this.view.overlay.isOpen){this.view.overlay.onKey(e);return}if(X(e,this.root)||this.view.typed(e)||Ne(e))return;let t=Y(e,this.view.keys,this.component.data.classes.length);t&&(e.preventDefault(),e.stopImmediatePropagation(),this.obey(t))};obey(e){let t=this.queue.current;switch(e.name){case"label":this.answer("label",e.code);break;case"accept":t&&t.suggestion!==null&&this.answer("label",t.suggestion);break;case"skip":this.answer("skip",null);break;case"undo":this.undo();break;case"redo":this.save(this.queue.redo());break;case"votes":t&&this.turnVotes(t.row_id);break;case"flag":t&&this.view.turnFlag();break;default:this.view.obey(e.name)}}answer(e,t){if(!this.queue.current)return;let r=this.secondsShown();this.save(this.queue.answer({action:e,code:t,seconds:r,remarks:this.view.takeRemarks()}))}save(e){if(!e)return;let{card:t,action:r,code:o,seconds:i,remarks:a}=e;this.log.append(t,r,o,i,r==="label"?1:0,a),this.sitting.count(1),this.draw()}undo(){let e=this.queue.undo();if(!e)return;let t=e.action==="label"?-1:0;this.log.append(e.card,"clear",null,this.secondsShown(),t),this.sitting.count(-1),this.draw(),this.view.putRemarks(e.remarks)}turnVotes(e){this.component.data.votes_allowed&&this.votes.turn(e),this.draw(),this.component.data.votes_allowed||this.view.tell("This project shows no votes.")}secondsShown(){return(performance.now()-this.shown.since)/1e3}draw(){let e=this.queue.current?.row_id;e!==this.shown.row&&(this.shown={row:e,since:performance.now()},this.votes.close(),this.view.putRemarks({note:"",flagged:!1}));let{queue:t,log:r,sitting:o}=this;this.view.draw({data:this.component.data,queue:t,log:r,sitting:o,votes:this.shownVotes(e)})}shownVotes(e){let{votes:t,votes_allowed:r}=this.component.data;return e===void 0||!r||!this.votes.isOpen(e)?"hidden":t?.row_id===e?t:"asked"}};function Ne(n){return(n.key==="Enter"||n.key===" ")&&n.composedPath()[0]instanceof HTMLButtonElement}function Oe(){return document.activeElement?.getAttribute("role")==="combobox"}export{Dt as default};
