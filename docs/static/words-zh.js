// Sentences of the search that Sphinx 8.2 has no Chinese for.
Documentation.addTranslations({
  locale: "zh_Hans_CN",
  plural_expr: "0",
  messages: { "Search finished, found one page matching the search query.": ["找到 ${resultCount} 页。"] },
});
