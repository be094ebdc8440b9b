/** WeChat's own components, as far as the runtime has them: in the browser each is a `wx-…` element. */
export const builtinTags: ReadonlySet<string> = new Set(
  `page view text image button input textarea scroll-view swiper swiper-item picker picker-view picker-view-column icon
  form label checkbox checkbox-group radio radio-group switch slider progress rich-text navigator canvas video audio map
  cover-view cover-image movable-area movable-view web-view root-portal page-meta`.split(/\s+/),
)

/** Tags that say how a template is put together. */
export const syntaxTags: ReadonlySet<string> = new Set(['block', 'template', 'import', 'include', 'slot', 'wxs'])
