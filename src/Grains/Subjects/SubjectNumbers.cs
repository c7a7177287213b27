using System.Security.Cryptography;

namespace Scoring.Subjects;

/// <summary>Draws the numbers of subjects.</summary>
internal static class SubjectNumbers
{
    /// <summary>
    /// Draws a random number, never 0. It is a new subject's, or one that is no subject's: that it is taken has a probability of 2^-44 with
    /// a million subjects.
    /// </summary>
    public static SubjectId Draw()
    {
        var number = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
        return new SubjectId(number == 0 ? 1 : number);
    }
}
