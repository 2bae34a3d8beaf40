/// The fingerprint in effect, resolved for one event (grouping.md, S9.1).
struct Fingerprint {
  private enum Kind { case standard, hybrid, custom }

  private let kind: Kind
  private let isFromRule: Bool
  /// One an entry; nil stands for `{{ default }}`.
  private let values: [String?]

  init(
    _ entries: [FingerprintEntry], isFromRule: Bool, resolution: FingerprintResolution,
    scratch: inout GroupingScratch
  ) {
    self.isFromRule = isFromRule
    var values: [String?] = []
    for entry in entries {
      values.append(entry.isDefault ? nil : resolution.value(of: entry, scratch: &scratch))
    }
    self.values = values
    if entries.isEmpty || (entries.count == 1 && entries[0].isDefault) {
      kind = .standard
    } else {
      kind = entries.contains(where: \.isDefault) ? .hybrid : .custom
    }
  }

  /// The entries as a record shows them.
  var resolved: [String] { values.isEmpty ? ["{{ default }}"] : values.map { $0 ?? "{{ default }}" } }

  /// The variants that the roots become under this fingerprint.
  func variants(of roots: [GroupingComponent]) -> [GroupingVariant] {
    var variants = roots.map(variant)
    if kind == .custom {
      let name = isFromRule ? "custom_server_fingerprint" : "custom_client_fingerprint"
      let words = isFromRule ? "custom server fingerprint" : "custom client fingerprint"
      variants = variants.map { $0.ignored("ignored because \(words) takes precedence") }
      variants.append(GroupingVariant(name: name, leaves: values.compactMap { $0 }))
    } else if !variants.contains(where: \.contributes) {
      variants.append(GroupingVariant(name: "fallback"))
    }
    return variants
  }

  private func variant(of root: GroupingComponent) -> GroupingVariant {
    guard root.contributes else {
      return GroupingVariant(name: root.kind.rawValue, contributes: false, hint: root.hint, component: root)
    }
    let leaves = root.leaves
    let salted = kind == .hybrid ? values.flatMap { value in value.map { [$0] } ?? leaves } : leaves
    return GroupingVariant(name: root.kind.rawValue, leaves: salted, component: root)
  }
}
