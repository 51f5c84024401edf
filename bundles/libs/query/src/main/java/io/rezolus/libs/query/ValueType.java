package io.rezolus.libs.query;

/** Types of expressions. */
enum ValueType {
  SCALAR("scalar"),
  VECTOR("instant vector"),
  MATRIX("range vector"),
  STRING("string");

  final String text;

  ValueType(String text) {
    this.text = text;
  }
}
