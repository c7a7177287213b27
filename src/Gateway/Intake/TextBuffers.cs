using System.Buffers;

namespace Scoring.Intake;

/// <summary>
/// Two buffers for the texts of one request, a member's name and a value, in pooled memory that is cleared when it is returned.
/// </summary>
/// <param name="charsMax">The maximum length of a text, in characters.</param>
internal sealed class TextBuffers(int charsMax) : IDisposable
{
    private char[] _rented = ArrayPool<char>.Shared.Rent(2 * charsMax);

    /// <summary>The buffer for the name of a member.</summary>
    public Span<char> Name => _rented.AsSpan(0, charsMax);

    /// <summary>The buffer for the value of a member.</summary>
    public Span<char> Value => _rented.AsSpan(charsMax, charsMax);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_rented.Length > 0) ArrayPool<char>.Shared.Return(_rented, clearArray: true);
        _rented = [];
    }
}
