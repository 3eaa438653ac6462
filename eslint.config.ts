import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/** The house's lint rules: typescript-eslint's strictest set, and the few prohibitions that keep output and exits in one place. */
const config: ReturnType<typeof defineConfig> = defineConfig(
  { ignores: ["dist/", "target/", "data/", "coverage/"] },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/consistent-type-exports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/prefer-readonly": "error",
      // Exported functions state the types of their parameters (isolatedDeclarations), inferrable or not.
      "@typescript-eslint/no-inferrable-types": ["error", { ignoreParameters: true }],
      "@typescript-eslint/strict-boolean-expressions": ["error", { allowString: false, allowNumber: false }],
      "no-console": "error",
      "no-empty": ["error", { allowEmptyCatch: false }],
      "no-restricted-syntax": [
        "error",
        {
          selector: "ExportDefaultDeclaration",
          message: "Export by name, so that a file is found by what it exports.",
        },
        {
          selector: "MemberExpression[object.name='process'][property.name='exit']",
          message: "Only main.ts ends the process.",
        },
      ],
      eqeqeq: "error",
    },
  },
  {
    files: ["*.config.ts"],
    rules: { "no-restricted-syntax": "off" },
  },
);

export default config;
