/** How WeChat's own components look before the mini-program's styles. */

export const look = `
[hidden]{display:none!important}
wx-page{display:block;position:relative;min-height:100%}
wx-view,wx-cover-view,wx-scroll-view,wx-form,wx-navigator,wx-picker,wx-rich-text,wx-swiper,wx-movable-area,
wx-picker-view,wx-picker-view-column,wx-progress,wx-slider,wx-checkbox-group,wx-radio-group{display:block}
wx-text,wx-label{display:inline}
wx-text{white-space:pre-line}
wx-text[keeps-space],wx-rich-text[keeps-space]{white-space:pre-wrap}
wx-text[ellipsis]{display:inline-block;max-width:100%;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
[selectable]{-webkit-user-select:text;user-select:text}
wx-page-meta,wx-navigation-bar,wx-root-portal:empty{display:none}
wx-navigator,[role=button],[role=link],[role=tab],[role=option]{cursor:pointer}
wx-navigator.wx-hover{opacity:.7;background:rgba(0,0,0,.1)}

wx-image,wx-cover-image{display:inline-block;width:320px;height:240px;overflow:hidden;position:relative}
wx-image>img,wx-cover-image>img{display:block;width:100%;height:100%;object-fit:fill}
wx-image[mode=aspectFit]>img{object-fit:contain}
wx-image[mode=aspectFill]>img{object-fit:cover}
wx-image[mode=widthFix]{height:auto!important}
wx-image[mode=widthFix]>img{height:auto}
wx-image[mode=heightFix]{width:auto!important}
wx-image[mode=heightFix]>img{width:auto}
wx-image[mode=top]>img,wx-image[mode=bottom]>img,wx-image[mode=center]>img,wx-image[mode=left]>img,
wx-image[mode=right]>img,wx-image[mode*=' ']>img{object-fit:none}
wx-image[mode=top]>img{object-position:top}
wx-image[mode=bottom]>img{object-position:bottom}
wx-image[mode=left]>img{object-position:left}
wx-image[mode=right]>img{object-position:right}
wx-image[mode='top left']>img{object-position:top left}
wx-image[mode='top right']>img{object-position:top right}
wx-image[mode='bottom left']>img{object-position:bottom left}
wx-image[mode='bottom right']>img{object-position:bottom right}

wx-button{position:relative;display:block;margin-left:auto;margin-right:auto;padding-left:14px;padding-right:14px;
box-sizing:border-box;font-size:18px;text-align:center;text-decoration:none;line-height:2.55555556;border-radius:5px;
overflow:clip;overflow-clip-margin:1px;color:#000;background-color:#f8f8f8;cursor:pointer}
wx-button::after{content:'';position:absolute;top:0;left:0;width:200%;height:200%;border:1px solid rgba(0,0,0,.2);
transform:scale(.5);transform-origin:0 0;box-sizing:border-box;border-radius:10px;pointer-events:none}
wx-button[type=primary]{color:#fff;background-color:#1aad19}
wx-button[type=warn]{color:#fff;background-color:#e64340}
wx-button[plain]{color:#353535;border:1px solid #353535;background-color:transparent}
wx-button[plain]::after{border-width:0}
wx-button[size=mini]{display:inline-block;line-height:2.3;font-size:13px;padding:0 1.34em}
wx-button.wx-hover{background-color:#dedede}
wx-button[type=primary].wx-hover{background-color:#179b16}
wx-button[type=warn].wx-hover{background-color:#ce3c39}
wx-button[wx-disabled]{color:rgba(0,0,0,.3);cursor:default}
wx-button[wx-disabled][type=primary],wx-button[wx-disabled][type=warn]{color:rgba(255,255,255,.6)}
wx-button[loading]::before{content:'';display:inline-block;width:18px;height:18px;margin-right:6px;vertical-align:middle;
border:2px solid;border-right-color:transparent;border-radius:50%;box-sizing:border-box;animation:mp-turn 1s linear infinite}

wx-input{display:block;position:relative;height:1.4em;min-height:1.4em;overflow:hidden}
wx-textarea{display:block;position:relative;width:300px;height:150px}
.wx-native{display:block;width:100%;height:100%;min-height:inherit;margin:0;padding:0;border:0;outline:0;background:none;
font:inherit;color:inherit;text-align:inherit;line-height:inherit;letter-spacing:inherit;resize:none;opacity:1;
-webkit-user-select:text;user-select:text;-webkit-text-fill-color:currentColor}
.wx-native::placeholder{color:transparent;-webkit-text-fill-color:transparent}
.wx-placeholder{position:absolute;inset:0;box-sizing:border-box;padding:inherit;display:flex;align-items:center;overflow:hidden;pointer-events:none;
white-space:nowrap;color:grey}
wx-textarea>.wx-placeholder{align-items:flex-start;white-space:pre-wrap}
.wx-placeholder::before{content:attr(data-text);flex:1;text-align:inherit}

wx-checkbox,wx-radio,wx-switch{display:inline-block}
.wx-choice{appearance:none;width:23px;height:23px;margin:0 5px 0 0;vertical-align:middle;border:1px solid #d1d1d1;
border-radius:3px;background:#fff;color:var(--wx-choice,#1aad19);box-sizing:border-box;display:inline-grid;
place-content:center;cursor:pointer}
wx-radio>.wx-choice{border-radius:50%}
.wx-choice:checked::before{content:'';width:12px;height:7px;border:solid currentColor;border-width:0 0 2px 2px;
transform:translateY(-2px) rotate(-45deg)}
wx-radio>.wx-choice:checked{background:var(--wx-choice,#1aad19);color:#fff;border-color:transparent}
.wx-choice:disabled{opacity:.5;cursor:default}
.wx-choice.wx-switch{width:52px;height:32px;margin:0;border-radius:16px;border:1px solid #dfdfdf;background:#dfdfdf;
justify-content:start;padding:0 1px;transition:background .2s}
.wx-choice.wx-switch::before,.wx-choice.wx-switch:checked::before{content:'';width:28px;height:28px;border:0;
border-radius:50%;background:#fff;box-shadow:0 1px 3px rgba(0,0,0,.4);transform:none;transition:transform .2s}
.wx-choice.wx-switch:checked{background:var(--wx-choice,#04be02);border-color:transparent}
.wx-choice.wx-switch:checked::before{transform:translateX(20px)}

wx-slider{display:flex;align-items:center;margin:10px 18px}
.wx-range{appearance:none;flex:1;min-width:0;margin:0;height:28px;cursor:pointer;background:
linear-gradient(var(--active),var(--active)) 0/var(--share) 2px no-repeat,
linear-gradient(var(--track),var(--track)) 0/100% 2px no-repeat}
.wx-range{background-position-y:center}
.wx-range::-webkit-slider-thumb{appearance:none;width:28px;height:28px;border-radius:50%;background:#fff;
box-shadow:0 0 4px rgba(0,0,0,.2)}
.wx-range::-moz-range-thumb{width:28px;height:28px;border:0;border-radius:50%;background:#fff;box-shadow:0 0 4px rgba(0,0,0,.2)}
wx-slider>span{width:3ch;margin-left:1em;color:#888;text-align:center;font-size:15px}
wx-progress{display:flex;align-items:center}
.wx-progress-track{flex:1;overflow:hidden}
.wx-progress-track>div{height:100%}
wx-progress>span{min-width:2em;margin-left:15px}
wx-icon{display:inline-block;vertical-align:middle;font-size:0}

wx-scroll-view{width:100%;overflow:hidden;-webkit-overflow-scrolling:touch}
wx-scroll-view[scroll-x]{overflow-x:auto}
wx-scroll-view[scroll-y]{overflow-y:auto}
wx-scroll-view{scrollbar-width:none}

wx-swiper{position:relative;height:150px;overflow:hidden}
.wx-swiper-track{display:flex;width:100%;height:100%;overflow:auto hidden;scroll-snap-type:x mandatory;scrollbar-width:none;
padding:0 var(--after,0) 0 var(--before,0);scroll-padding:0 var(--after,0) 0 var(--before,0);box-sizing:border-box}
wx-swiper[vertical]>.wx-swiper-track{flex-direction:column;overflow:hidden auto;scroll-snap-type:y mandatory}
wx-swiper-item{display:block;flex:none;width:var(--item,100%);height:100%;scroll-snap-align:start;scroll-snap-stop:always;
overflow:hidden}
wx-swiper[vertical] wx-swiper-item{width:100%;height:var(--item,100%)}
.wx-swiper-dots{position:absolute;left:0;right:0;bottom:10px;display:flex;justify-content:center;gap:8px;pointer-events:none}
.wx-swiper-dots:empty{display:none}
wx-swiper[vertical]>.wx-swiper-dots{flex-direction:column;left:auto;right:10px;top:0;bottom:0}
.wx-swiper-dots>i{width:8px;height:8px;border-radius:50%}

wx-canvas{display:inline-block;position:relative;width:300px;height:150px;touch-action:none}
wx-canvas>canvas{position:absolute;inset:0;width:100%;height:100%}
wx-movable-area{position:relative;width:10px;height:10px}
wx-movable-view{display:inline-block;position:absolute;top:0;left:0;width:10px;height:10px;touch-action:none}

wx-picker-view{display:flex;position:relative;overflow:hidden;--row:34px}
wx-picker-view-column{flex:1;height:100%;overflow-y:auto;scroll-snap-type:y mandatory;scrollbar-width:none;
box-sizing:border-box;text-align:center}
wx-picker-view-column::before,wx-picker-view-column::after{content:'';display:block;height:calc(50% - var(--row)/2)}
wx-picker-view-column>*{display:block;height:var(--row);line-height:var(--row);overflow:hidden;scroll-snap-align:center}
.wx-picker-indicator{position:absolute;left:0;right:0;top:50%;height:34px;transform:translateY(-50%);pointer-events:none;
border:solid rgba(0,0,0,.15);border-width:1px 0;box-sizing:border-box}
.is-dragged{scroll-snap-type:none!important}
`
