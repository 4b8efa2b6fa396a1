private import CExpat
import FundModel

/// Is told what stands in a part, element by element.
protocol XMLHandler: AnyObject {
  func start(_ element: XMLElement) throws
  func end() throws
  /// Text in UTF-8, in as many pieces as the reader likes.
  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws
}

extension XMLHandler {
  func end() {}
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// Reads XML piece by piece. A document type is refused, and with it every entity; so are depth
/// and tags beyond the limits.
final class XMLReader {
  private let parser: OpaquePointer
  private let part: String
  private let limits: SheetLimits
  private let handler: any XMLHandler
  private var given = 0
  private var depth = 0
  /// What the handler threw: C cannot hand it on.
  private var thrown: (any Error)?

  init(_ part: String, limits: SheetLimits, handler: any XMLHandler) throws(SheetProblem) {
    guard let parser = XML_ParserCreateNS(nil, XML_Char(bitPattern: XMLElement.separator)) else {
      throw .damaged(part, "읽을 메모리가 모자랍니다.", "there is no memory to read it.")
    }
    (self.parser, self.part, self.limits, self.handler) = (parser, part, limits, handler)
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(parser, Self.whenStarted, Self.whenEnded)
    XML_SetCharacterDataHandler(parser, Self.whenText)
    XML_SetStartDoctypeDeclHandler(parser, Self.whenDoctype)
  }

  deinit { XML_ParserFree(parser) }

  func read(_ piece: UnsafeBufferPointer<UInt8>) throws {
    given += piece.count
    try piece.withMemoryRebound(to: XML_Char.self) { piece in
      try check(XML_Parse(parser, piece.baseAddress, Int32(clamping: piece.count), 0))
    }
    // A tag is looked at only when all of it is there.
    let left = given - Int(XML_GetCurrentByteIndex(parser))
    guard left <= limits.xmlTagBytes else {
      throw SheetProblem.damaged(part, "태그 하나가 너무 깁니다.", "one tag is too long.")
    }
  }

  /// Says that nothing more comes.
  func finish() throws { try check(XML_Parse(parser, nil, 0, 1)) }

  private func check(_ status: XML_Status) throws {
    if let thrown { throw thrown }
    guard status == XML_STATUS_OK else {
      let line = XML_GetCurrentLineNumber(parser)
      throw SheetProblem.damaged(
        part, "XML의 \(line)번째 줄이 올바르지 않습니다.", "its XML is wrong in line \(line).")
    }
  }

  private static func reader(_ context: UnsafeMutableRawPointer?) -> XMLReader? {
    context.map { Unmanaged<XMLReader>.fromOpaque($0).takeUnretainedValue() }
  }

  private func run(_ body: () throws -> Void) {
    // Expat tells of an empty element's end even after it was told to stop.
    guard thrown == nil else { return }
    do { try body() } catch {
      thrown = error
      XML_StopParser(parser, 0)
    }
  }

  private static let whenStarted: XML_StartElementHandler = { context, name, attributes in
    guard let reader = reader(context), let name, let attributes else { return }
    reader.run {
      reader.depth += 1
      guard reader.depth <= reader.limits.xmlDepth else {
        throw SheetProblem.damaged(
          reader.part, "요소가 너무 깊이 들어 있습니다.", "its elements are nested too deeply.")
      }
      try reader.handler.start(XMLElement(name: name, attributes: attributes))
    }
  }

  private static let whenEnded: XML_EndElementHandler = { context, _ in
    guard let reader = reader(context) else { return }
    reader.run {
      reader.depth -= 1
      try reader.handler.end()
    }
  }

  private static let whenText: XML_CharacterDataHandler = { context, text, count in
    guard let reader = reader(context), let text else { return }
    reader.run {
      let bytes = UnsafeBufferPointer(start: text, count: Int(count))
      try bytes.withMemoryRebound(to: UInt8.self) { try reader.handler.text($0) }
    }
  }

  private static let whenDoctype: XML_StartDoctypeDeclHandler = { context, _, _, _, _ in
    guard let reader = reader(context) else { return }
    reader.run {
      throw SheetProblem.damaged(
        reader.part, "XML에 DOCTYPE이 있습니다. 통합 문서에는 쓰이지 않습니다.",
        "its XML has a DOCTYPE, which no workbook uses.")
    }
  }
}
