package import FundModel

/// The eight demonstration funds, as files of an import.
package enum DemoBooks {
  /// The firm's day for these books.
  package static let showDate = CalendarDate(2026, 2, 14)

  package static var files: [CSVFile] {
    [
      CSVFile(name: "companies.csv", bytes: PackageResources.companies_csv),
      CSVFile(name: "funds.csv", bytes: PackageResources.funds_csv),
      CSVFile(name: "partners.csv", bytes: PackageResources.partners_csv),
      CSVFile(name: "investments.csv", bytes: PackageResources.investments_csv),
      CSVFile(name: "capital_call_items.csv", bytes: PackageResources.capital_call_items_csv),
      CSVFile(name: "payments.csv", bytes: PackageResources.payments_csv),
    ]
  }
}
