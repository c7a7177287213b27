using System.Text.RegularExpressions;
using CsCheck;

namespace Scoring.Architecture;

/// <summary>Checks that a test that fails on random input can be repeated.</summary>
public sealed partial class RandomTests
{
    [Fact]
    public void A_property_that_fails_names_the_seed_that_repeats_it() =>
        Should.Throw<CsCheckException>(() => Gen.Int[0, 9].Sample(number => number < 0, iter: 1))
            .Message.ShouldContain("CsCheck_Seed=");

    /// <summary>The generators of CsCheck print their seed. Any other random numbers in tests start from a seed in the code.</summary>
    [Fact]
    public void No_test_draws_random_input_without_a_seed() =>
        (from file in SourceTree.Code()
         where file.Path.StartsWith("tests", StringComparison.Ordinal) && Path.GetFileName(file.Path) != "RandomTests.cs"
         from line in file.Lines.Index()
         where Unseeded().IsMatch(line.Item)
         select $"{file.Path}:{line.Index + 1}").ShouldBeEmpty();

    [GeneratedRegex(@"new Random\(\)|Random\.Shared|\bGen\.[\w.\[\], ]+\.(Single|Generate)\(|new PCG\(\)")]
    private static partial Regex Unseeded();
}
