using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Scoring.Rules;
using Scoring.Scores;

namespace Scoring.Programmes;

public sealed class CurrentRuleBookTests
{
    private static readonly RuleBook Empty = RuleBook.Compile([], []);
    private static readonly Catalogue EmptyCatalogue = new([], [], [], [], "");

    [Fact]
    public void A_book_older_than_its_limit_folds_nothing_until_it_is_renewed()
    {
        var clock = new FakeTimeProvider();
        var current = new CurrentRuleBook(Options.Create(new RuleBookOptions()), clock);
        Should.Throw<RuleBookStaleException>(() => current.Current);
        Should.Throw<RuleBookStaleException>(() => current.Catalogue);
        current.Renew(Empty, EmptyCatalogue);
        clock.Advance(TimeSpan.FromHours(1));
        current.Current.ShouldBeSameAs(Empty);
        clock.Advance(TimeSpan.FromTicks(1));
        Should.Throw<RuleBookStaleException>(() => current.Current);
        current.Catalogue.ShouldBeSameAs(EmptyCatalogue);
        current.Renew(Empty, EmptyCatalogue);
        current.Current.ShouldBeSameAs(Empty);
    }

    [Theory]
    [InlineData("00:01:00", true)]
    [InlineData("00:00:59", false)]
    [InlineData("1.00:00:00", true)]
    [InlineData("1.00:00:01", false)]
    public void The_limit_has_a_range(string age, bool valid)
    {
        var options = new RuleBookOptions { AgeMax = TimeSpan.Parse(age, System.Globalization.CultureInfo.InvariantCulture) };
        Validator.TryValidateObject(options, new ValidationContext(options), null, validateAllProperties: true).ShouldBe(valid);
    }
}
