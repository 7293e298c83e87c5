// The page for an address that is not there.
import { page } from "../_includes/parts.js";

export const data = { permalink: "/404.html", eleventyExcludeFromCollections: true };
export const render = () => page("这个地址没有内容", "/404.html", "<h1>这个地址没有内容</h1>");
