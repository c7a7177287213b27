using System.Globalization;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Scoring.Architecture;

/// <summary>Checks the log events: an operator searches and alarms by their numbers.</summary>
public sealed class LogTests
{
    [Fact]
    public void Every_log_event_has_a_number_of_its_own()
    {
        var events = (
            from found in SourceFile.Nodes<AttributeSyntax>()
            where found.Node.Name.ToString() == "LoggerMessage"
            select (Number: Number(found.Node), Place: found.File.At(found.Node.GetLocation()))).ToArray();
        events.Length.ShouldBeGreaterThan(30);
        events.Where(logged => logged.Number == 0).Select(logged => logged.Place).ShouldBeEmpty("events without a number");
        events.GroupBy(logged => logged.Number).Where(same => same.Count() > 1)
            .SelectMany(same => same.Select(logged => $"{logged.Number} {logged.Place}")).ShouldBeEmpty();
    }

    /// <summary>The number is the first argument, or the one that is named EventId.</summary>
    private static int Number(AttributeSyntax attribute)
    {
        var arguments = attribute.ArgumentList!.Arguments;
        var named = arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.Text == "EventId");
        return int.TryParse((named ?? arguments[0]).Expression.ToString(), CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
