using System.Globalization;
using System.Text.Json.Nodes;
using CsvHelper;
using Scoring.City.People;

namespace Scoring.City.Rows;

/// <summary>
/// Reads card payments of IBM's TabFormer data set. A row is a payment by the citizen who holds the card, or a refund when its amount is
/// negative. Rows with errors are payments that did not happen; they and rows with an amount of zero are left out. The merchant and the
/// place are not read, because the platform's schema has no place for them.
/// </summary>
public static class TabFormerReader
{
    /// <summary>Reads the rows after the header.</summary>
    public static RowFile Read(CsvReader csv)
    {
        var events = new List<CityEvent>();
        var skipped = new Dictionary<string, int>();
        var row = 0;
        while (csv.Read())
        {
            if (++row > RowReader.RowsMax) throw new CityException($"The file has more than {RowReader.RowsMax} rows.");
            var fault = csv.GetField("Errors?") is { Length: > 0 }
                ? "payment failed" : Cents(csv.GetField("Amount")!) == 0 ? "amount of zero" : null;
            if (fault is null) events.Add(Event(csv, row));
            else skipped[fault] = skipped.GetValueOrDefault(fault) + 1;
        }
        return new RowFile("TabFormer payments", ProgrammeNames.FairPayer, events, skipped, row, 0);
    }

    private static CityEvent Event(CsvReader csv, int row)
    {
        var cents = Cents(csv.GetField("Amount")!);
        var refund = cents < 0;
        var day = new DateOnly(csv.GetField<int>("Year"), csv.GetField<int>("Month"), csv.GetField<int>("Day"));
        var time = TimeOnly.ParseExact(csv.GetField("Time")!, "HH:mm", CultureInfo.InvariantCulture);
        return new CityEvent(
            ProgrammeNames.FairPayer,
            $"card-{csv.GetField("User")}-{csv.GetField("Card")}",
            refund ? "payment.refunded" : "payment.paid",
            StableHash.RowId("tabformer", row, csv.Parser.RawRecord.TrimEnd('\r', '\n')),
            day.ToDateTime(time),
            refund
                ? new JsonObject { ["amountMinor"] = -cents }
                : new JsonObject { ["amountMinor"] = cents, ["method"] = Method(csv.GetField("Use Chip")!) });
    }

    /// <summary>Parses <c>$12.34</c> or <c>$-12.34</c> to whole cents, exactly.</summary>
    private static long Cents(string amount) =>
        decimal.ToInt64(decimal.Parse(amount.TrimStart('$'), NumberStyles.Number, CultureInfo.InvariantCulture) * 100);

    private static string Method(string chipUse) => chipUse switch
    {
        "Swipe Transaction" => "swipe",
        "Chip Transaction" => "chip",
        _ => "online",
    };
}
