import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const parentImports = {
  regex: "^\\.\\./",
  message: "Import another folder as @/folder/module.",
};

/** Each folder names the folders it must not know (docs: which way imports go). */
function forbid(folder, forbidden, packages = []) {
  return {
    files: [`src/${folder}/**`],
    ignores: ["**/*.test.*"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            parentImports,
            ...forbidden.map((other) => ({
              regex: `^@/${other}/`,
              message: `${folder} does not import ${other}.`,
            })),
            ...packages.map((name) => ({
              regex: `^${name}(/|$)`,
              message: `${folder} does not import ${name}.`,
            })),
          ],
        },
      ],
    },
  };
}

export default tseslint.config(
  { ignores: ["dist", "coverage", "src/api/schema.d.ts"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  reactHooks.configs.flat.recommended,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      complexity: ["error", 10],
      "max-lines": ["error", { max: 300 }],
      "max-lines-per-function": [
        "error",
        { max: 150, skipBlankLines: true, skipComments: true, IIFEs: true },
      ],
      "no-restricted-imports": ["error", { patterns: [parentImports] }],
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "never" }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
    },
  },
  {
    files: ["**/*.test.*", "src/testing/**"],
    rules: { "max-lines": "off", "max-lines-per-function": "off" },
  },
  {
    // The edge of the program: what arrives there has no type yet.
    files: ["src/api/**", "**/*.test.*", "src/testing/**"],
    rules: { "@typescript-eslint/consistent-type-assertions": "off" },
  },
  forbid("core", ["app", "features", "ui", "api"], ["react", "react-dom", "@mantine", "@tanstack"]),
  forbid("api", ["app", "features", "ui"]),
  forbid("ui", ["app", "features", "api"]),
  forbid("features", ["app", "features"]),
  {
    files: ["**/*.js"],
    ...tseslint.configs.disableTypeChecked,
  },
);
