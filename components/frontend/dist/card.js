var K=`.root {
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
`;function i(n,e="",t=""){let r=document.createElement(n);return e&&(r.className=e),t&&(r.textContent=t),r}function h(n,e,t){let r=i("button",n,e);return r.type="button",r.onclick=t,r}function I(n,e,t){let r=i("style");r.textContent=t;let o=i("div",e);return n.append(r,o),o}function w(n,e,t){let r=i("span",n,Object.hasOwn(t,e)?t[e]:e);return r.textContent!==e&&(r.title=e),r}function m(n,e,t,r="chip"){let o=i("span",r);return o.style.setProperty("--class-color",e),o.append(i("span","swatch"),w("chip-name",n,t)),o}var ae=["running","rerunRequested"].map(n=>`[data-test-script-state="${n}"]`).join(),de=1e3,le=["ctrlKey","metaKey","shiftKey","altKey"],ce=Symbol.for("labelwright.turns"),g=window[ce]??={};function H(){let{turn:n}=g;return n&&(location.pathname!==n.from||Date.now()-n.began>1500)&&delete g.turn,g.turn!==void 0}function z(){g.watching||(g.watching=!0,window.addEventListener("click",he,{capture:!0}),window.addEventListener("focusout",()=>g.left=Date.now(),{capture:!0}))}function he(n){let e=ue(n);if(e)if(n.isTrusted){n.preventDefault(),n.stopImmediatePropagation(),F(e);let t=Date.now(),r=t-(g.left??0)<de?80:50;setTimeout(()=>V(e,t),r)}else F(e)}function V(n,e){document.querySelector(ae)!==null&&Date.now()-e<400?setTimeout(()=>V(n,e),10):n.click()}function F(n){n.pathname!==location.pathname&&(g.turn={from:location.pathname,began:Date.now()})}function ue(n){if(n.button!==0||le.some(r=>n[r]))return;let e=n.composedPath()[0].closest?.("a[href]"),t=e?.closest("[data-testid^='stTopNav'], [data-testid^='stSidebarNav']");return e&&t?e:void 0}var pe=["click","change","focusout","keydown"],me=Symbol.for("labelwright.sending"),p=window[me]??=fe();function P(n,e){(p.sender===void 0||p.sender===n)&&p.waiting.length===0?G(n,e):p.waiting.push({root:n,send:e})}function G(n,e){p.sender===void 0&&(p.sender=n,setTimeout(()=>setTimeout(ge))),e()}function ge(){p.sender=void 0;let n=p.waiting[0]?.root;for(;n&&p.waiting[0]?.root===n;)G(n,p.waiting.shift().send)}function fe(){let n={waiting:[]};for(let e of pe)window.addEventListener(e,()=>n.acted=Date.now(),{capture:!0});return n}var q=50;function U(n){let e=new WeakMap;return z(),t=>{let r=ve(t),o=r.parentElement,s=e.get(o);return s?s.update(r):e.set(o,n(r)),()=>{o.host.isConnected||(e.get(o)?.close(),e.delete(o))}}}function ve(n){let{parentElement:e}=n,t=location.pathname,r=o=>{let s=(a,d,l=0)=>{(H()||location.pathname!==t)&&l<1500?setTimeout(()=>s(a,d,l+q),q):e.host.isConnected&&P(e,()=>o(a,d))};return(a,d)=>s(a,d)};return{data:n.data,parentElement:e,setStateValue:r(n.setStateValue),setTriggerValue:r(n.setTriggerValue)}}var j=`.annotator {
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
`;var be=1e3,ke=15e3,x=class{constructor(e,t){this.ask=e;this.there=t}ask;there;row;seen;retry;isOpen(e){return this.row===e}areNew(e){return!e||!this.isOpen(e.row_id)||this.seen===e.row_id?!1:(this.seen=e.row_id,!0)}turn(e){let t=!this.isOpen(e);this.close(),t&&(this.row=e,this.askFor(e,be))}close(){clearTimeout(this.retry),this.row=void 0,this.seen=void 0}askFor(e,t){this.ask(e),this.retry=setTimeout(()=>{this.isOpen(e)&&this.there()!==e&&2*t<=ke&&this.askFor(e,2*t)},t)}};function Q(n){return n.votes.flatMap(e=>e.spans)}function W(n,{classes:e,short:t}){let r=i("div","votes");return r.append(i("p","votes-count",A(n))),e.forEach((o,s)=>{let a=n.votes.filter(l=>l.code===s);if(!a.length)return;let d=i("div","votes-line");d.append(m(o.name,o.color,t));for(let{function:l,spans:c}of a){let u=w("voter",l,n.short);c.length||(u.title=`${l}: where in the text is not known`),d.append(u)}r.append(d)}),r}function A({votes:n,abstain:e}){let t=n.length+e;if(!t)return"There is no function yet.";if(!n.length)return t===1?"The only function abstains.":`All ${t} functions abstain.`;let r=n.length===1?"votes":"vote";return`${n.length} of ${t} ${t===1?"function":"functions"} ${r}`}var xe=300;function J(n,e,{classes:t}){let r=n.at(-1);if(!r)return"";let o=n.length>1?`${n.length} answers, the last one: `:"",s=r.code===null?void 0:t[r.code]?.name,a=r.action==="clear"?"taken back":s??"skipped",d=r.flagged?", flagged":"",l=e?` Now row ${e.row_id}: ${e.text.slice(0,xe)}`:" No row is left.";return`Saved: ${o}row ${r.row_id}, ${a}${d}.${l}`}function B({votes:n,classes:e}){if(!n)return"";let t=n.votes.map(r=>`${r.function} for ${e[r.code]?.name??""}`);return[A(n),...t].join(", ")}var C=[["accept","Enter","accept the suggestion"],["skip","s","skip the row","0, too, where it is free"],["undo","u","undo the last answer","Ctrl-Z, too"],["redo","y","redo what was undone","Ctrl-Shift-Z, too"],["note","n","write a note","Enter returns to the row"],["flag","f","flag the row to be looked at again"],["votes","v","show or hide the votes on the row"],["guidance","g","show or hide guidelines and examples"],["filter","/","filter the classes","where there are more than nine"],["help","?","show or hide this list"]],Se="qwetiopadhjklzxbm";var Ee=["Enter","Backspace","Delete","Insert","ArrowUp","ArrowDown","ArrowLeft","ArrowRight"],S="labelwright:keys",O=new Map(C.map(([n,e])=>[n,e])),f=n=>`class ${n}`,E=class{own;constructor(){this.own=new Map(Te())}get isUsual(){return this.own.size===0}keyOf(e){let t=this.own.get(e);if(t!==void 0)return t;let r=X(e);return[...this.own.values()].includes(r)?"":r}shown(e){return v(this.keyOf(e))}deedOf(e,t){return Y(t).find(o=>this.keyOf(o)===e)??(e==="0"?"skip":void 0)}change(e,t,r,o){let s=Z(t);if(s)return s;let a=Y(r).find(d=>d!==e&&this.keyOf(d)===t);if(a)return`${v(t)} is the key for \u201C${o(a)}\u201D. Give that one another key first.`;t===X(e)?this.own.delete(e):this.own.set(e,t),localStorage.setItem(S,JSON.stringify([...this.own]))}reset(){this.own.clear(),localStorage.removeItem(S)}};function Y(n){return[...O.keys(),...Array.from({length:n},(e,t)=>f(t))]}function y(n){return Ce(n)??(n.key.length===1?n.key.toLowerCase():n.key)}function v(n){return{" ":"Space",ArrowUp:"\u2191",ArrowDown:"\u2193",ArrowLeft:"\u2190",ArrowRight:"\u2192"}[n]??(n.length===1?n.toUpperCase():n)}function Z(n){if(n.length===1&&"cr".includes(n))return`${v(n)} has a meaning of its own on every page. Choose another key.`;if(!(n.length===1||Ee.includes(n)))return`${n} cannot be used. Choose a letter, a digit, a sign, Space, Enter, Delete or an arrow.`}function Ce(n){return/^\d$/.test(n.key)?n.key:n.shiftKey?null:/^(?:Digit|Numpad)(\d)$/.exec(n.code)?.[1]??null}function X(n){let e=O.get(n);if(e!==void 0)return e;let t=Number(n.slice(6));return t<9?String(t+1):Se[t-9]??""}function Te(){try{return JSON.parse(localStorage.getItem(S)??"[]").filter(([e,t])=>(O.has(e)||/^class \d+$/.test(e))&&!Z(t))}catch{return console.warn(`${S} in the browser's storage holds no keys; the usual ones hold.`),[]}}function ee(n,e,t){if(n.altKey||n.repeat||n.isComposing)return null;let r=y(n);if(n.ctrlKey||n.metaKey)return De(r,n.shiftKey);if(r==="Escape")return{name:"leave"};let o=e.deedOf(r,t);if(!o)return null;let s=/^class (\d+)$/.exec(o)?.[1];return s===void 0?{name:o}:{name:"label",code:Number(s)}}function De(n,e){return n==="z"?{name:e?"redo":"undo"}:n==="y"?{name:"redo"}:null}var Me="input, textarea, select, button, a, summary, [contenteditable='true'], [role='dialog'], [role='combobox'], [role='option'], [role='tab'], [role='slider'], [role='grid'], [role='menu']";function te(n,e){if(n.composedPath().includes(e))return!1;let t=n.composedPath()[0];return t instanceof Element&&t.closest(Me)!==null}var T=class{constructor(e,t,r){this.deliver=t;this.onChange=r;this.storageName=`labelwright:events:${e}`,this.entries=JSON.parse(sessionStorage.getItem(this.storageName)??"[]"),this.entries.length&&(this.sending=setTimeout(()=>this.send(),60))}deliver;onChange;overdue=!1;entries;storageName;lastSent=0;resendMs=2e3;sending;resending;get size(){return this.entries.length}get labelled(){return this.entries.reduce((e,t)=>e+t.labelled,0)}append(e,t,r,o,s,a={note:"",flagged:!1}){let d={event_id:_e(),row_id:e.row_id,action:t,code:r,seconds:Math.round(o*1e3)/1e3,at:new Date().toISOString(),...a,draw:e.draw};this.entries.push({event:d,labelled:s}),this.store(),this.sending??=setTimeout(()=>this.send(),Math.max(0,this.lastSent+60-Date.now()))}acknowledge(e){let t=new Set(e),r=this.entries.filter(o=>t.has(o.event.event_id));return r.length?(this.entries=this.entries.filter(o=>!t.has(o.event.event_id)),this.store(),this.resendMs=2e3,this.size===0&&(clearTimeout(this.resending),this.overdue=!1),r.map(o=>o.event)):[]}close(){clearTimeout(this.sending),clearTimeout(this.resending)}send(){this.sending=void 0,this.lastSent=Date.now(),clearTimeout(this.resending),this.resending=setTimeout(()=>this.resend(),this.resendMs),this.deliver(this.entries.map(e=>e.event))}resend(){this.size!==0&&(this.overdue=!0,this.resendMs=Math.min(this.resendMs*2,15e3),this.send(),this.onChange())}store(){this.size?sessionStorage.setItem(this.storageName,JSON.stringify(this.entries)):sessionStorage.removeItem(this.storageName)}};function _e(){let n=crypto.getRandomValues(new Uint8Array(16));return n[6]=n[6]&15|64,n[8]=n[8]&63|128,Array.from(n,t=>t.toString(16).padStart(2,"0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/,"$1-$2-$3-$4-")}var b=class{cards=[];name="";returned=[];answered=new Set;answers=[];undone=[];get current(){return this.cards[0]}get last(){return this.answers.at(-1)}get canRedo(){return this.undone.length>0}supply(e,t){let r=t!==this.name;r&&(this.answered.clear(),this.returned=[],this.undone=[]),this.name=t;let o=this.returned.length?this.returned:this.cards.slice(0,1),s=r?[]:o,a=new Set(s.map(l=>l.row_id)),d=e.filter(l=>!this.answered.has(l.row_id)&&!a.has(l.row_id));return this.cards=[...s,...d],r}answer(e){return this.undone=[],this.record(e)}redo(){let e=this.undone.pop();return e&&this.record(e)}undo(){let e=this.answers.pop();if(e){this.answered.delete(e.card.row_id);let t=this.cards.filter(r=>r.row_id!==e.card.row_id);this.cards=[e.card,...t],this.returned=[e.card,...this.returned],this.undone.push(e)}return e}record(e){let t=this.cards.shift();if(!t)return;this.answered.add(t.row_id),this.returned=this.returned.filter(o=>o.row_id!==t.row_id);let r={...e,card:t};return this.answers.push(r),r}};var k=class{answered;storageName;constructor(e){this.storageName=`labelwright:sitting:${e}`,this.answered=Number(sessionStorage.getItem(this.storageName)??0)}count(e){this.answered=Math.max(0,this.answered+e),sessionStorage.setItem(this.storageName,String(this.answered))}};function ne(n,e,t){let r=Array.from(n),o=[],s=0;for(let{start:a,end:d,code:l}of[...e].sort((c,u)=>c.start-u.start)){let c=Math.max(a,s);if(d<=c)continue;o.push(new Text(r.slice(s,c).join("")));let u=i("mark","",r.slice(c,d).join(""));u.style.setProperty("--class-color",t(l)),o.push(u),s=d}return o.push(new Text(r.slice(s).join(""))),o}var D=class{constructor(e,t){this.keys=e;this.accept=t}keys;accept;root=i("div","body");text;shownRow;draw(e,t,r,o){if(!e){this.root.replaceChildren(...Le(r.size>0,t.paused,this.keys.shown("undo"))),this.shownRow=void 0;return}let s=i("div","head");s.append(i("span","row-id",`Row ${e.row_id}`),i("span","flag","\u2691 to be looked at again"),i("span","reason",e.reason));let a=e.row_id===this.shownRow?this.text?.scrollTop??0:0;this.text=i("div","text");let d=typeof o=="string"?[]:Q(o);this.text.append(...ne(e.text,d,l=>t.classes[l??-1]?.color??"")),this.root.replaceChildren(s,this.text,...Ae(e),...Ne(o,t),...this.suggestionOf(e,t)),this.text.scrollTop=a,this.shownRow=e.row_id}suggestionOf(e,t){let r=e.suggestion===null?void 0:t.classes[e.suggestion];if(!r)return[];let o=h("suggestion","",this.accept);if(o.append(i("kbd","",this.keys.shown("accept")),"accepts ",m(r.name,r.color,t.short)),e.suggestion_confidence!==null){let s=`${(100*e.suggestion_confidence).toFixed(1)} %`;o.append(i("span","confidence",s))}return[o]}};function Le(n,e,t){if(e){let r=n?"Your last answers are on their way.":"All your answers are saved.";return[i("p","done-title","The queue is paused"),i("p","done-text",`${r} The next row appears here as soon as it goes on.`)]}return[i("p","done-title",n?"Fetching the next rows \u2026":"All done"),i("p","done-text",n?"":`No row is waiting in this queue. ${t} takes back the last answer.`)]}function Ne(n,e){return n==="hidden"?[]:n==="asked"?[i("div","votes","Fetching the votes \u2026")]:[W(n,e)]}function Ae(n){if(!n.fields.length)return[];let e=i("dl","fields");for(let[t,r]of n.fields)e.append(i("dt","",t),i("dd","",r));return[e]}var M=class{constructor(e,t){this.keys=e;this.choose=t;this.root.setAttribute("role","group"),this.root.setAttribute("aria-label","Classes"),this.filter.placeholder="Filter the classes",this.filter.setAttribute("aria-label","Filter the classes"),this.filter.oninput=()=>this.fill()}keys;choose;root=i("div","choices");filter=i("input","filter");shown="";data={classes:[],short:{}};draw({classes:e,short:t}){let r=JSON.stringify([e,t,e.map((o,s)=>this.keys.keyOf(f(s)))]);this.filter.hidden=e.length<=9,r!==this.shown&&(this.shown=r,this.data={classes:e,short:t},this.root.classList.toggle("wide",Object.keys(t).length>0),this.fill())}clearFilter(){this.filter.value&&(this.filter.value="",this.fill())}chooseFirst(){this.root.querySelector("button")?.click()}fill(){let e=this.filter.value.trim().toLowerCase(),t=this.data.classes.flatMap((r,o)=>{if(!r.name.toLowerCase().includes(e))return[];let s=h("choice","",()=>{this.clearFilter(),this.choose(o)});s.style.setProperty("--class-color",r.color);let a=this.keys.shown(f(o));return a&&s.append(i("kbd","",a)),s.append(i("span","swatch"),w("choice-name",r.name,this.data.short)),[s]});this.root.replaceChildren(...t)}};var re="labelwright:guidance",Oe="There are none yet. Whoever manages the project writes them on Data, under Classes and guidelines.",Re="There are none yet. Examples are rows whose class was imported, or settled in Review.",_=class{constructor(e,t){this.keys=e;this.onTurn=t;this.toggle.append(i("span","arrow"),"Guidelines and examples",this.hint),this.content.id="guidance",this.toggle.setAttribute("aria-controls",this.content.id),this.root.setAttribute("aria-label","Guidelines and examples"),this.root.append(this.toggle,this.content)}keys;onTurn;root=i("aside","guidance");toggle=h("guidance-toggle","",()=>this.turn());content=i("div","guidance-content");hint=i("kbd");shown="";draw({guidelines:e,examples:t,classes:r,short:o}){this.hint.textContent=this.keys.shown("guidance");let s=JSON.stringify([e,t,r,o]);if(s===this.shown)return;let a=this.shown==="";this.shown=s;let d=oe("guidance-examples");r.forEach((c,u)=>{let $=t.filter(ie=>ie.code===u);$.length&&d.append(m(c.name,c.color,o),$e($))});let l=e?oe("guideline-text",e):i("div","nothing",Oe);this.content.replaceChildren(i("h3","","Guidelines"),l,i("h3","","Examples"),t.length?d:i("div","nothing",Re)),a&&this.open(this.kept()??(e!==""||t.length>0))}turn(){let e=this.content.hidden!==!1;localStorage.setItem(re,e?"open":"closed"),this.open(e)}open(e){this.content.hidden=!e,this.toggle.setAttribute("aria-expanded",String(e)),this.onTurn(e)}kept(){let e=localStorage.getItem(re);return e===null?void 0:e==="open"}};function oe(n,e=""){let t=i("div",n,e);return t.tabIndex=0,t}function $e(n){let e=i("ul","examples");for(let t of n){let r=i("li","",t.text);r.title=`Row ${t.row_id}`,e.append(r)}return e}var Ke=["Shift","Control","Alt","AltGraph","Meta","CapsLock","Dead","Process"],L=class{constructor(e,t,r){this.keys=e;this.onChange=t;let o=i("div","keys-head"),s=h("plain-button","Close",()=>this.root.close()),a=i("h3","","Keys");a.id="keys-title",o.append(a,s,this.said),this.said.setAttribute("role","status"),this.root.setAttribute("aria-labelledby",a.id);let d=i("div","keys-content");d.append(o,this.list,this.resetAll),this.root.append(d),this.root.onclose=()=>{this.wait(void 0),r()},this.root.onclick=l=>{l.target===this.root&&this.root.close()}}keys;onChange;root=i("dialog","keys");list=i("div","keys-list");said=i("p","keys-said");resetAll=h("plain-button","Reset all keys",()=>this.reset());classes=[];waiting;get isOpen(){return this.root.open}open(e){this.classes=e,this.say("Choose a key to change it. Changes are kept in this browser, for all projects."),this.draw(),this.root.showModal()}onKey(e){if(!(Ke.includes(e.key)||e.isComposing))if((this.waiting||e.key.length===1)&&e.stopImmediatePropagation(),this.waiting){if(e.preventDefault(),e.repeat)return;e.key==="Escape"?this.leave():this.give(this.waiting,e)}else y(e)===this.keys.keyOf("help")&&(e.preventDefault(),this.root.close())}give(e,t){let o=t.ctrlKey||t.metaKey||t.altKey?"Keys with Ctrl, Alt or Cmd belong to the browser. Press one key alone.":this.keys.change(e,y(t),this.classes.length,s=>this.nameOf(s));if(o){this.say(o,!0);return}this.say(`${v(this.keys.keyOf(e))}: ${this.nameOf(e)}.`),this.wait(void 0),this.focusOn(e),this.onChange()}leave(){let e=this.waiting;this.wait(void 0),this.say("Nothing was changed."),e&&this.focusOn(e)}reset(){this.keys.reset(),this.wait(void 0),this.say("All keys are the usual ones again."),this.onChange()}wait(e){this.waiting=e,e&&this.say(`Press the new key for \u201C${this.nameOf(e)}\u201D; Escape keeps the old one.`),this.draw(),e&&this.focusOn(e)}say(e,t=!1){this.said.textContent=e,this.said.classList.toggle("refused",t)}draw(){this.list.replaceChildren(...C.map(([e,,t,r])=>this.line(e,t,r)),...this.classes.map((e,t)=>this.line(f(t),e.name))),this.resetAll.disabled=this.keys.isUsual}line(e,t,r=""){let o=i("div","keys-line"),s=h("keys-key","",()=>this.wait(e));s.dataset.deed=e;let a=this.waiting===e?"press \u2026":this.keys.shown(e)||"none";s.append(i("kbd","",a)),s.setAttribute("aria-label",`Change the key for \u201C${t}\u201D, now ${a}`);let d=i("span","keys-meaning",t);return r&&d.append(i("span","keys-more",` (${r})`)),o.append(s,d),o}focusOn(e){this.list.querySelector(`[data-deed="${e}"]`)?.focus()}nameOf(e){let t=C.find(([r])=>r===e);return t?t[2]:this.classes[Number(e.slice(6))]?.name??e}};var Ie=2e3,N=class{constructor(e,t){this.root=e;this.obeyCommand=t;this.card.tabIndex=0,this.heard.setAttribute("role","status"),this.note.placeholder="Note on this row: saved with your answer, Enter returns to the row",this.note.setAttribute("aria-label","Note on this row"),this.note.maxLength=Ie,this.note.hidden=!0,this.overlay=new L(this.keys,()=>this.drawAgain(),()=>this.card.focus({preventScroll:!0}));let r=i("div","actions");r.append(...Object.values(this.actions));let{filter:o}=this.choices;this.card.append(this.body.root,this.note,o,this.choices.root,r);let s=i("div","columns"),a=i("div","main");a.append(this.progress,this.card,this.last),this.guidance=new _(this.keys,d=>s.classList.toggle("guided",d)),s.append(a,this.guidance.root),e.append(s,this.heard,this.overlay.root),requestAnimationFrame(()=>this.takeFocus())}root;obeyCommand;keys=new E;overlay;progress=i("div","progress");card=i("section","card");note=i("input","filter note");last=i("div","last");heard=i("div","heard");body=new D(this.keys,()=>this.press({name:"accept"}));choices=new M(this.keys,e=>this.press({name:"label",code:e}));guidance;hints=[];actions={skip:this.action("Skip","skip"),undo:this.action("Undo","undo"),redo:this.action("Redo","redo"),note:this.action("Note","note"),flag:this.action("Flag","flag"),votes:this.action("Votes","votes"),help:this.action("Keys","help")};drawn;draw(e){let{data:t,queue:r,log:o,sitting:s,votes:a}=e;this.drawn=e,this.drawProgress(t,o,s),this.card.classList.toggle("over",!r.current),this.card.setAttribute("aria-label",`Row to annotate. Press ${this.keys.shown("help")} for the keys.`),this.body.draw(r.current,t,o,a),this.choices.draw(t),this.actions.votes.hidden=!t.votes_allowed||!r.current,this.actions.undo.disabled=!r.last,this.actions.redo.disabled=!r.canRedo;for(let[d,l]of this.hints)d.textContent=this.keys.shown(l);this.drawLast(r,o,t),this.guidance.draw(t)}say(e){this.heard.textContent=e}tell(e){this.last.replaceChildren(i("span","",e)),this.say(e)}takeRemarks(){let e={note:this.note.value.trim(),flagged:this.flagged};return this.putRemarks({note:"",flagged:!1}),e}putRemarks({note:e,flagged:t}){this.note.value=e,this.note.hidden=!e,this.flag(t)}turnFlag(){this.flag(!this.flagged),this.say(this.flagged?"Flagged":"Not flagged")}obey(e){e==="guidance"&&this.guidance.turn(),e==="note"&&(this.note.hidden=!1,this.note.focus()),e==="filter"&&!this.choices.filter.hidden&&this.choices.filter.focus(),e==="help"&&this.drawn&&this.overlay.open(this.drawn.data.classes),e==="leave"&&(this.choices.clearFilter(),this.note.hidden=!this.note.value,this.card.focus())}typed(e){let t=e.composedPath()[0];return t!==this.note&&t!==this.choices.filter?!1:(e.stopImmediatePropagation(),e.isComposing||e.key!=="Enter"&&e.key!=="Escape"||(e.preventDefault(),t===this.choices.filter&&e.key==="Enter"?this.choices.chooseFirst():this.obey("leave")),!0)}action(e,t){let r=t==="note"||t==="help",o={name:t},s=h("action","",()=>r?this.obeyCommand(o):this.press(o)),a=i("kbd");return this.hints.push([a,t]),s.append(a,e),s}press(e){this.obeyCommand(e),this.card.focus({preventScroll:!0})}drawAgain(){this.drawn&&this.draw(this.drawn)}get flagged(){return this.card.classList.contains("flagged")}flag(e){this.card.classList.toggle("flagged",e),this.actions.flag.setAttribute("aria-pressed",String(e))}drawProgress(e,t,r){let o=e.labelled+t.labelled,s=i("span","count"),a=e.total?` of ${e.total.toLocaleString("en")}`:"";s.append(i("strong","",o.toLocaleString("en")),`${a} rows labelled`);let d=r.answered?`${r.answered.toLocaleString("en")} in this sitting`:"",l=t.overdue?i("span","unsaved",`${t.size} not saved yet, trying again`):i("span","",d),c=i("div","bar"),u=e.total?Math.min(1,o/e.total):0;c.style.setProperty("--share",`${100*u}%`),c.hidden=!e.total,this.progress.replaceChildren(s,l,c)}drawLast(e,t,{classes:r,short:o}){let{last:s}=e;if(this.last.replaceChildren(),!s)return;let a=s.code===null?void 0:r[s.code],d=a?m(a.name,a.color,o):i("span","","skipped"),l=i("span","saved",t.size?"":"\u2713 saved");this.last.append(i("span","",`Row ${s.card.row_id}`),d,l)}focusCard(){this.card.focus({preventScroll:!0})}takeFocus(){let e=document.activeElement;(!e||e===document.body||e.matches('[data-testid="stMain"]'))&&this.root.isConnected&&this.card.focus({preventScroll:!0})}};var Kt=U(n=>new R(n)),R=class{constructor(e){this.component=e;this.root=I(e.parentElement,"root annotator",K+j),this.view=new N(this.root,t=>this.obey(t)),this.logName=e.data.log,this.log=this.openLog(),this.sitting=new k(this.logName),window.addEventListener("keydown",this.onKey,{capture:!0}),this.update(e)}component;root;queue=new b;view;log;sitting;votes=new x(e=>this.component.setStateValue("asked",e),()=>this.component.data.votes?.row_id);logName;shown={row:void 0,since:0};lastKey="";update(e){this.component=e;let{data:t}=e;t.log!==this.logName&&(this.log.close(),this.logName=t.log,this.log=this.openLog(),this.sitting=new k(this.logName),this.queue=new b);let r=this.log.acknowledge(t.acknowledged),o=this.queue.supply(t.cards,t.queue);this.draw(),o&&(this.lastKey==="Enter"||He())&&this.view.focusCard(),r.length?this.view.say(J(r,this.queue.current,t)):this.votes.areNew(t.votes)&&this.view.say(B(t))}close(){this.log.close(),this.votes.close(),window.removeEventListener("keydown",this.onKey,{capture:!0})}openLog(){let e=t=>this.component.setStateValue("events",t);return new T(this.logName,e,()=>this.draw())}onKey=e=>{if(this.lastKey=e.key,this.view.overlay.isOpen){this.view.overlay.onKey(e);return}if(te(e,this.root)||this.view.typed(e)||Fe(e))return;let t=ee(e,this.view.keys,this.component.data.classes.length);t&&(e.preventDefault(),e.stopImmediatePropagation(),this.obey(t))};obey(e){let t=this.queue.current;switch(e.name){case"label":this.answer("label",e.code);break;case"accept":t&&t.suggestion!==null&&this.answer("label",t.suggestion);break;case"skip":this.answer("skip",null);break;case"undo":this.undo();break;case"redo":this.save(this.queue.redo());break;case"votes":t&&this.turnVotes(t.row_id);break;case"flag":t&&this.view.turnFlag();break;default:this.view.obey(e.name)}}answer(e,t){if(!this.queue.current)return;let r=this.secondsShown();this.save(this.queue.answer({action:e,code:t,seconds:r,remarks:this.view.takeRemarks()}))}save(e){if(!e)return;let{card:t,action:r,code:o,seconds:s,remarks:a}=e;this.log.append(t,r,o,s,r==="label"?1:0,a),this.sitting.count(1),this.draw()}undo(){let e=this.queue.undo();if(!e)return;let t=e.action==="label"?-1:0;this.log.append(e.card,"clear",null,this.secondsShown(),t),this.sitting.count(-1),this.draw(),this.view.putRemarks(e.remarks)}turnVotes(e){this.component.data.votes_allowed&&this.votes.turn(e),this.draw(),this.component.data.votes_allowed||this.view.tell("This project shows no votes.")}secondsShown(){return(performance.now()-this.shown.since)/1e3}draw(){let e=this.queue.current?.row_id;e!==this.shown.row&&(this.shown={row:e,since:performance.now()},this.votes.close(),this.view.putRemarks({note:"",flagged:!1}));let{queue:t,log:r,sitting:o}=this;this.view.draw({data:this.component.data,queue:t,log:r,sitting:o,votes:this.shownVotes(e)})}shownVotes(e){let{votes:t,votes_allowed:r}=this.component.data;return e===void 0||!r||!this.votes.isOpen(e)?"hidden":t?.row_id===e?t:"asked"}};function Fe(n){return(n.key==="Enter"||n.key===" ")&&n.composedPath()[0]instanceof HTMLButtonElement}function He(){return document.activeElement?.getAttribute("role")==="combobox"}export{Kt as default};
