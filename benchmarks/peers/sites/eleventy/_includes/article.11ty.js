// An article.
import { escape, link, page } from "./parts.js";

export const render = (data) => {
  const steps = data.region.split("/");
  const regions = steps.map((name, at) => link(`/regions/${steps.slice(0, at + 1).join("/")}/`, name));
  const photo = data.photo
    ? `<figure><img src="${escape(data.photo)}" alt="${escape(data.caption)}"><figcaption>${escape(data.caption)}</figcaption></figure>`
    : "";
  return page(data.title, data.page.url, `<article>
  <h1>${escape(data.title)}</h1>
  <p class="byline">${data.authors.map((name) => link(`/authors/${name}/`, name)).join(" ")}</p>
  <p class="meta">
    ${link(`/issues/${data.issue}/`, data.issue)}
    ${link(`/issues/${data.issue}/${data.leaf}/`, `第 ${data.leaf} 版`)}
    ${link(`/columns/${data.column}/`, data.column)}
    <span>${escape(data.genre)}</span>
    ${regions.join(" ")}
    ${data.labels.map((name) => link(`/tags/${name}/`, name)).join(" ")}
  </p>
  ${photo}
  <div class="prose">
${data.content}
  </div>
</article>`);
};
