using System.Globalization;
using System.Reflection;

namespace Scoring.Ledger;

/// <summary>Statements name the kinds of entries; the numbers come from <see cref="EntryKind"/> alone.</summary>
public sealed class EntryKindSqlTests
{
    [Fact]
    public void Every_name_has_the_number_of_its_kind()
    {
        var fields = typeof(EntryKindSql).GetFields(BindingFlags.Static | BindingFlags.Public);
        fields.Length.ShouldBeGreaterThan(10);
        foreach (var field in fields)
            field.GetValue(null).ShouldBe(((byte)Enum.Parse<EntryKind>(field.Name)).ToString(CultureInfo.InvariantCulture), field.Name);
    }
}
