// The Eleventy site. A date of the front matter arrives in UTC; every peer prints the local time, which is UTC+3 all year.
const ZONE = 3 * 36e5;
const slug = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
const idOf = (path) => path.split("/").pop().slice(0, -3);

// Entries in the order of their times, by id, with their neighbours, by city and by year, month and day.
const grouped = (items) => {
  const byId = new Map(), around = new Map(), cities = new Map(), dates = new Map();
  const put = (map, key, item) => { const list = map.get(key); list ? list.push(item) : map.set(key, [item]); };
  items.forEach((item, n) => {
    byId.set(idOf(item.inputPath), item);
    around.set(item.inputPath, [items[n - 1], items[n + 1]]);
  });
  for (const item of [...items].reverse()) {
    const id = idOf(item.inputPath);
    put(cities, item.data.city, item);
    for (const length of [4, 7, 10]) put(dates, id.slice(0, length), item);
  }
  const listed = (map, base) => [...map].map(([key, items]) => ({ key, slug: slug(key), base, items })).sort((a, b) => (a.key < b.key ? -1 : 1));
  return { items, byId, around, cities: listed(cities, "cities"), dates: listed(dates, "dates") };
};

export default function (config) {
  let found;
  const groups = (api) => {
    const items = api.getFilteredByGlob("src/incidents/**/*.md");
    if (!found || found.items.length !== items.length || found.items[0] !== items[0]) found = grouped(items);
    return found;
  };
  config.on("eleventy.before", () => { found = undefined; });
  config.addGlobalData("layout", "incident.njk");
  config.addGlobalData("permalink", () => (data) => { const id = idOf(data.page.inputPath); return `/incidents/${id.slice(0, 4)}/${id}/`; });
  config.setUseGitIgnore(false);
  config.amendLibrary("md", (md) => md.enable("table"));
  config.addFilter("slug", slug);
  config.addFilter("stamp", (date) => new Date(date.getTime() + ZONE).toISOString().slice(0, 16).replace("T", " "));
  config.addFilter("first20", (items) => items.slice(0, 20));
  config.addFilter("day", (date) => (date instanceof Date ? date.toISOString() : String(date)).slice(0, 10));
  config.addFilter("neighbours", (page) => found.around.get(page.inputPath) || []);
  config.addFilter("byId", (id) => found.byId.get(id));
  config.addCollection("latest", (api) => groups(api).items.slice(-50).reverse());
  config.addCollection("cityList", (api) => groups(api).cities);
  config.addCollection("dateList", (api) => groups(api).dates);
  config.addCollection("terms", (api) => [...groups(api).cities, ...groups(api).dates]);
  return { dir: { input: "src", output: "public", includes: "../_includes" }, markdownTemplateEngine: false, htmlTemplateEngine: "njk" };
}
